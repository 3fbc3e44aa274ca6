import { createHash } from 'node:crypto';
import { MusterError } from '../../shared/errors/errors.ts';
import { packageFormat } from '../../shared/packages/index.ts';
import type { PackageSource } from '../../shared/plan/schema.ts';
import type { Change } from '../../shared/steps/change.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import { type Packages, packagesOf } from '../machine/packages/index.ts';
import { changesOf } from './declared.ts';
import { download } from './download.ts';
import type { Step, StepContext } from './step.ts';

type Planned = Change<'package-source'>;

const planned = (context: StepContext): Planned[] =>
  changesOf('package-source', context).filter((change): change is Planned => change.kind === 'package-source');

/** Lists of sources that are no longer planned. */
const unplanned = (context: StepContext): string[] => {
  const purposes = planned(context).map(({ purpose }) => purpose as string);
  return Object.entries(packageFormat.files).flatMap(([purpose, { sourceFile }]) =>
    purposes.includes(purpose) ? [] : [sourceFile],
  );
};

export const packageSource: Step = {
  id: 'package-source',

  async check(context) {
    const { host } = context;
    const manager = await packagesOf(host);
    for (const path of unplanned(context)) {
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
    const changes = planned(context);
    const keys = await Promise.all(changes.map((change) => signingKey(change, context)));
    for (const path of unplanned(context)) if (await host.exists(path)) await host.removeFile(path);
    for (const [index, change] of changes.entries()) await addSource(change, keys[index] ?? '', context);
  },
};

/** null: the source, its key and the other files are as planned. */
async function problemOf(change: Planned, { host }: StepContext, manager: Packages): Promise<LocalText | null> {
  const { sourceFile, keyFile } = packageFormat.files[change.purpose];
  const [list, key, [other]] = await Promise.all([
    host.readFile(sourceFile),
    host.readFile(keyFile),
    manager.otherSources(change.source),
  ]);
  if (list !== listFile(change) || key === null || manager.keyText(Buffer.from(key)) !== key) {
    return {
      en: `${sourceFile} or ${keyFile}: missing or not as planned`,
      zh: `${sourceFile} 或 ${keyFile}：缺失或与计划不一致`,
    };
  }
  if (other === undefined) return null;
  return { en: `${other.path}: also names the planned repository`, zh: `${other.path}：也指向计划中的软件源` };
}

/** The list is written after the key and names its origin, so a correct list implies the planned key. */
async function addSource(change: Planned, key: string, { host, say }: StepContext): Promise<void> {
  const { sourceFile, keyFile } = packageFormat.files[change.purpose];
  for (const { path, without } of await (await packagesOf(host)).otherSources(change.source)) {
    say(`${path}: the planned repository is commented out; ${sourceFile} names it`);
    await host.writeFile(path, without);
  }
  await host.writeFile(keyFile, key);
  await host.writeFile(sourceFile, listFile(change));
}

const listFile = ({ source, arch, purpose }: Planned): string =>
  `# Key: ${originOf(source.key)}\n${packageFormat.sourceText(source, arch, purpose)}`;

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
  const bytes = inPlan
    ? Buffer.from(key.armoured)
    : await download(key.url, { host, settings: assignment.settings, signal, fix });
  const from = inPlan ? { en: 'the key in the plan', zh: '计划中的密钥' } : key.url;
  if (!inPlan && key.sha256 !== undefined && sha256(bytes) !== key.sha256) {
    throw new MusterError('key-mismatch', { from, seen: sha256(bytes), needed: key.sha256 });
  }
  const text = (await packagesOf(host)).keyText(bytes);
  if (text === null) throw new MusterError('key-unreadable', { from, fix });
  return text;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
