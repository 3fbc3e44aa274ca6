import { isImageOfNode, podsIn, pullsIn } from './pods.ts';

/** Longer lines are cut in the middle: the reason stands first or last, and the cost of matching stays bounded. */
const longest = 4096;
/** Characters of one source; usual ones have 80,000. Some hundred patterns look at each line. */
const most = 200_000;

/** A line of output or of a journal as clues read it. */
export interface Line {
  /** As it was printed. */
  shown: string;
  /** Shortened, quotes without backslashes. */
  text: string;
  /** It reports about a user's pod, not about the host. */
  users: boolean;
}

/** kubeadm continues after a warning; a runtime tries the next way after what it reports as information. */
export const passesOver = /\[WARNING |\blevel=(?:info|debug)\b|Error getting v2 registry/;

/** Separates the last lines of a program in a step's message. */
const joint = ' / ';

/** The text without what a program passed over before the lines that name its reason. */
function decisive(text: string): string {
  if (!passesOver.test(text)) return text;
  const parts = text.split(joint).filter((part) => !passesOver.test(part));
  return parts.length === 0 ? text : parts.join(joint);
}

/** What a probe or a hook of a pod prints is the pod's own. */
const printedByPod = /\b(?:[Pp]robe|Hook|ExecSync)\b/;

export function shortened(line: string): string {
  return line.length <= longest ? line : `${line.slice(0, longest / 2)} … ${line.slice(-longest / 2)}`;
}

/** The kubelet's line as JSON (logging.format: json) as it writes it in text. */
function inWords(line: string): string {
  if (!/^\{"ts":\d/.test(line)) return line;
  try {
    const fields = Object.entries(JSON.parse(line)).filter(([name]) => !['ts', 'caller', 'v'].includes(name));
    return fields.map(([name, value]) => (name === 'msg' ? `"${value}"` : `${name}="${inText(value)}"`)).join(' ');
  } catch {
    return line;
  }
}

/** A pod is an object. */
function inText(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('name' in value)) return String(value);
  return 'namespace' in value ? `${value.namespace}/${value.name}` : String(value.name);
}

/** Quotes without backslashes; those before anything else stay. */
const plainQuotes = (text: string): string =>
  text.replace(/\\+("?)/g, (backslashes, quote: string) => quote || backslashes);

/** The last lines, up to the limit of a source; a user's pod can fill a journal. */
function newest(lines: readonly string[]): readonly string[] {
  let room = most;
  const first = lines.findLastIndex((line) => {
    room -= Math.min(line.length, longest);
    return room < 0;
  });
  return lines.slice(first + 1);
}

/** Reads the lines of a step's output and of the journals, and tells which belong to users' pods. */
export function readLines(output: readonly string[], ...journals: readonly (readonly string[])[]): Line[][] {
  const texts = [output, ...journals].map((lines) =>
    newest(lines).map((shown) => ({ shown, text: plainQuotes(decisive(shortened(inWords(shown)))) })),
  );
  const owner = ownersOf(texts.flat().map(({ text }) => text));
  return texts.map((lines, source) =>
    lines
      .map(({ shown, text }) => ({ shown, text, users: owner(text, source > 0) === 'user' }))
      .filter(({ text, users }) => !users || !printedByPod.test(text)),
  );
}

type Owner = 'host' | 'user' | null;

/** Pods name the owner of a line; a pull without one belongs to the pod that names the same image or registry. */
function ownersOf(texts: readonly string[]): (text: string, fromJournal: boolean) => Owner {
  const named = { host: new Set<string>(), user: new Set<string>() };
  for (const text of texts) {
    const owner = ownerByPods(text);
    if (owner === null) continue;
    const { images, registries } = pullsIn(text);
    for (const it of [...images, ...registries]) named[owner].add(it);
  }
  return (text, fromJournal) => {
    const owner = ownerByPods(text);
    if (owner !== null || !fromJournal) return owner;
    const { images, registries } = pullsIn(text);
    const all = [...images, ...registries];
    if (images.some(isImageOfNode) || all.some((it) => named.host.has(it))) return 'host';
    return images.length > 0 || all.some((it) => named.user.has(it)) ? 'user' : null;
  };
}

function ownerByPods(text: string): Owner {
  const pods = podsIn(text);
  if (pods.length === 0) return null;
  return pods.some(({ ofNode }) => ofNode) ? 'host' : 'user';
}
