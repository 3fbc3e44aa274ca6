import { createHash } from 'node:crypto';
import { MusterError } from '../../shared/errors/errors.ts';
import type { PackageFormat } from '../../shared/packages/format.ts';
import { agentPaths } from '../../shared/paths.ts';
import type { PackageSource } from '../../shared/plan/schema.ts';
import type { Change } from '../../shared/steps/change.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { type Packages, packagesOf } from '../machine/packages/index.ts';
import { changesOf } from './declared.ts';
import { download } from './download.ts';
import type { Step, StepContext } from './step.ts';

type Planned = Change<'package-source'>;

const planned = (context: StepContext): Planned[] =>
  changesOf('package-source', context).filter((change): change is Planned => change.kind === 'package-source');

/** Lists of sources that are no longer planned. */
const unplanned = (context: StepContext, { files }: PackageFormat): string[] => {
  const purposes = planned(context).map(({ purpose }) => purpose as string);
  return Object.entries(files).flatMap(([purpose, { sourceFile }]) => (purposes.includes(purpose) ? [] : [sourceFile]));
};

export const packageSource: Step = {
  id: 'package-source',

  async check(context) {
    const { host } = context;
    const manager = await packagesOf(host);
    for (const path of unplanned(context, manager.format)) {
      if (!(await host.exists(path))) continue;
      return { state: 'todo', message: { en: `${path}: not planned`, zh: `${path}：不在计划中` } };
    }
    for (const change of planned(context)) {
      const message = await problemOf(change, context, manager);
      if (message !== null) return { state: 'todo', message };
    }
    return { state: 'done' };
  },

  async apply(context) {
    const { host } = context;
    const { format } = await packagesOf(host);
    const changes = planned(context);
    const keys = await Promise.all(changes.map((change) => signingKey(change, context)));
    for (const path of unplanned(context, format)) if (await host.exists(path)) await host.removeFile(path);
    for (const [index, change] of changes.entries()) await addSource(change, keys[index] ?? '', context);
  },
};

/** null: the source, its key and the other files are as planned. */
async function problemOf(change: Planned, { host }: StepContext, manager: Packages): Promise<LocalText | null> {
  const { sourceFile, keyFile } = manager.format.files[change.purpose];
  const [list, key, [other]] = await Promise.all([
    host.readFile(sourceFile),
    host.readFile(keyFile),
    manager.otherSources(change.source),
  ]);
  if (list !== listFile(change, manager.format) || key === null || manager.keyText(Buffer.from(key)) !== key) {
    return {
      en: `${sourceFile} or ${keyFile}: missing or not as planned`,
      zh: `${sourceFile} 或 ${keyFile}：缺失或与计划不一致`,
    };
  }
  if (other === undefined) return (await isDue(change, Buffer.from(key), manager, host)) ? endsSoon(sourceFile) : null;
  return { en: `${other.path}: also names the planned repository`, zh: `${other.path}：也指向计划中的软件源` };
}

/** The list is written after the key and names its origin, so a correct list implies the planned key. */
async function addSource(change: Planned, key: string, { host, say }: StepContext): Promise<void> {
  const { format, otherSources } = await packagesOf(host);
  const { sourceFile, keyFile } = format.files[change.purpose];
  for (const { path, without } of await otherSources(change.source)) {
    say({
      en: `${path}: commenting out the planned repository, which ${sourceFile} defines`,
      zh: `${path}：注释掉计划中的软件源，该软件源由 ${sourceFile} 定义`,
    });
    await host.writeFile(path, without);
  }
  await host.writeFile(fetchedFile(change), host.now().toISOString());
  await host.writeFile(keyFile, key);
  await host.writeFile(sourceFile, listFile(change, format));
}

const listFile = ({ source, arch, purpose }: Planned, format: PackageFormat): string =>
  `# Key: ${originOf(source.key)}\n${format.sourceText(source, arch, purpose)}`;

function originOf(key: PackageSource['key']): string {
  if ('armoured' in key) return `in the plan, sha256 ${sha256(Buffer.from(key.armoured))}`;
  return key.sha256 === undefined ? key.url : `${key.url}, sha256 ${key.sha256}`;
}

async function signingKey(
  { source: { key }, purpose }: Planned,
  { host, assignment, signal }: StepContext,
): Promise<string> {
  const fix = {
    en: `set ${purpose}.packages in the plan to a source that this host reaches`,
    zh: `请在计划中将 ${purpose}.packages 设为该主机可以访问的软件源`,
  };
  const inPlan = 'armoured' in key;
  const fetch = (url: string) => download(url, { host, settings: assignment.settings, signal, fix });
  const bytes = inPlan ? Buffer.from(key.armoured) : await newestOf(key, await fetch(key.url), host, fetch);
  const from = inPlan ? { en: 'the key in the plan', zh: '计划中的密钥' } : key.url;
  if (!inPlan && key.sha256 !== undefined && sha256(bytes) !== key.sha256) {
    throw new MusterError('key-mismatch', { from, seen: sha256(bytes), needed: key.sha256 });
  }
  const text = (await packagesOf(host)).keyText(bytes);
  if (text === null) throw new MusterError('key-unreadable', { from, fix });
  return text;
}

const monthMs = 30 * 86_400_000;
const dayMs = 86_400_000;
const fetchedFile = ({ purpose }: Planned) => `${agentPaths.state}/key-fetched-${purpose}`;

/** Whether a key ends within a month: it is fetched again, once a day. A pinned key or one in the plan stays. */
async function isDue(change: Planned, key: Buffer, manager: Packages, host: Host): Promise<boolean> {
  const { key: planned } = change.source;
  if ('armoured' in planned || planned.sha256 !== undefined) return false;
  const now = host.now().getTime();
  const end = manager.keyEnd(key);
  if (end === null || end - now > monthMs) return false;
  const fetched = Date.parse((await host.readFile(fetchedFile(change))) ?? '');
  return !(now - fetched < dayMs);
}

const endsSoon = (sourceFile: string): LocalText => ({
  en: `${sourceFile}: its key ends within 30 days; it is fetched again`,
  zh: `${sourceFile}：其密钥将在 30 天内到期；将重新获取`,
});

/** The planned key, or a newer copy of it from another place if it has ended or soon will. */
async function newestOf(
  { url, sha256: pinned }: { url: string; sha256?: string | undefined },
  planned: Buffer,
  host: Host,
  fetch: (url: string) => Promise<Buffer>,
): Promise<Buffer> {
  const manager = await packagesOf(host);
  const endOf = (key: Buffer) => manager.keyEnd(key) ?? Number.POSITIVE_INFINITY;
  if (pinned !== undefined || endOf(planned) - host.now().getTime() > monthMs) return planned;
  const newer = await Promise.all(manager.format.newerKeys(url).map((place) => fetch(place).catch(() => planned)));
  return newer.find((key) => endOf(key) > endOf(planned)) ?? planned;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
