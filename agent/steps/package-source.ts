import { createHash } from 'node:crypto';
import { MusterError } from '../../shared/errors/errors.ts';
import { packageFormat } from '../../shared/packages/index.ts';
import type { PackageSource } from '../../shared/plan/schema.ts';
import { packagesOf } from '../machine/packages/index.ts';
import { download } from './download.ts';
import type { Step, StepContext } from './step.ts';

/** The list is written after the key and names its origin, so a correct list implies the planned key. */
const { sourceFile, keyFile, sourceText } = packageFormat;

const missing = {
  en: `${sourceFile} or ${keyFile}: missing or not as planned`,
  zh: `${sourceFile} 或 ${keyFile}：缺失或与计划不一致`,
};

export const packageSource: Step = {
  id: 'package-source',

  async check(context) {
    const { host } = context;
    const manager = await packagesOf(host);
    const [list, key, others] = await Promise.all([
      host.readFile(sourceFile),
      host.readFile(keyFile),
      manager.otherSources(sourceOf(context)),
    ]);
    if (list !== listFile(context) || key === null || manager.keyText(Buffer.from(key)) !== key) {
      return { state: 'todo', message: missing };
    }
    const [other] = others;
    if (other === undefined) return { state: 'done' };
    return {
      state: 'todo',
      message: { en: `${other.path}: also names the planned repository`, zh: `${other.path}：也指向计划中的软件源` },
    };
  },

  async apply(context) {
    const { host, say } = context;
    const key = await signingKey(context);
    for (const { path, without } of await (await packagesOf(host)).otherSources(sourceOf(context))) {
      say(`${path}: the planned repository is commented out; ${sourceFile} names it`);
      await host.writeFile(path, without);
    }
    await host.writeFile(keyFile, key);
    await host.writeFile(sourceFile, listFile(context));
  },
};

const sourceOf = ({ assignment }: StepContext) => assignment.settings.kubernetes.packages;

function listFile({ assignment, facts }: StepContext): string {
  const { packages } = assignment.settings.kubernetes;
  return `# Key: ${originOf(packages.key)}\n${sourceText(packages, facts.arch)}`;
}

function originOf(key: PackageSource['key']): string {
  if ('armoured' in key) return `in the plan, sha256 ${sha256(Buffer.from(key.armoured))}`;
  return key.sha256 === undefined ? key.url : `${key.url}, sha256 ${key.sha256}`;
}

async function signingKey({ host, assignment, signal }: StepContext): Promise<string> {
  const { key } = assignment.settings.kubernetes.packages;
  const fix = {
    en: 'set kubernetes.packages in the plan to a source that this host reaches',
    zh: '请在计划中将 kubernetes.packages 设为该主机可以访问的软件源',
  };
  const inPlan = 'armoured' in key;
  const bytes = inPlan ? Buffer.from(key.armoured) : await download(key.url, { signal, fix });
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
