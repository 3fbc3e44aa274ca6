import { posix } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';
import { usesCriDockerd } from '../../shared/kubeadm/runtime.ts';
import { agentPaths } from '../../shared/paths.ts';
import { redactLine } from '../../shared/redact.ts';
import type { Change } from '../../shared/steps/change.ts';
import { criDockerdArchive as archive, criDockerdFolder } from '../../shared/steps/content/cri-dockerd.ts';
import { proxyVariables } from '../../shared/steps/content/services.ts';
import { isExecutable, lookAtAll } from '../changes/execute.ts';
import { output } from '../machine/program.ts';
import { changesOf, executeChanges } from './declared.ts';
import { withInstalled } from './installed.ts';
import type { Step, StepContext } from './step.ts';

export const curlConfigFile = `${agentPaths.volatile}/curl.conf`;

type Wanted = Change<'cri-dockerd'>;

/** null: this plan needs no cri-dockerd. */
const wantedOf = (context: StepContext): Wanted | null =>
  changesOf('cri-dockerd', context).find((change): change is Wanted => change.kind === 'cri-dockerd') ?? null;

/** The release depends on docker's version, and the unit on kubeadm. */
const withPackages = async (context: StepContext): Promise<StepContext> =>
  usesCriDockerd(context.assignment.settings) ? withInstalled(context) : context;

export const criDockerd: Step = {
  id: 'cri-dockerd',

  async check(found) {
    const context = await withPackages(found);
    const wanted = wantedOf(context);
    if (wanted === null) return { state: 'done' };
    const { program } = wanted;
    if (!(await context.host.exists(program))) {
      return { state: 'todo', message: { en: `${program}: does not exist`, zh: `${program}：不存在` } };
    }
    return lookAtAll(changesOf('cri-dockerd', context).filter(isExecutable), context.host);
  },

  async apply(found) {
    const context = await withPackages(found);
    const wanted = wantedOf(context);
    if (wanted === null) return;
    if (!(await context.host.exists(wanted.program))) await install(wanted, context);
    await executeChanges('cri-dockerd', context);
  },
};

/** The program is complete once it is at its path: it is unpacked beside it and renamed. */
async function install(wanted: Wanted, context: StepContext): Promise<void> {
  const { sha256, program } = wanted;
  const { host, say, planFile } = context;
  const from = 'url' in wanted ? wanted.url : wanted.file;
  await host.remember({ kind: 'folder', name: criDockerdFolder });
  const folder = posix.dirname(program);
  const unpacked = `${folder}.new`;
  say({ en: `downloading ${from}`, zh: `正在下载 ${from}` });
  if ('url' in wanted) await downloadArchive(wanted.url, context);
  else await host.writeFile(archive, await planFile(wanted.sha256), { mode: 0o600 });
  try {
    const [seen = ''] = (await output(host, 'sha256sum', [archive])).split(' ');
    if (sha256 !== null && seen !== sha256) {
      throw new MusterError('download-mismatch', { url: from, seen, needed: sha256 });
    }
    await output(host, 'rm', ['-rf', '--', unpacked, folder]);
    await output(host, 'mkdir', ['-p', unpacked]);
    const member = ['--no-same-owner', '--strip-components=1', '--wildcards', '*/cri-dockerd'];
    await output(host, 'tar', ['-xzf', archive, '-C', unpacked, ...member], { timeoutMs: 120_000 });
    await output(host, 'chmod', ['0755', unpacked, `${unpacked}/cri-dockerd`]);
    await output(host, 'mv', ['-T', unpacked, folder]);
  } finally {
    await output(host, 'rm', ['-f', '--', archive]);
  }
}

async function downloadArchive(url: string, { host, assignment, runLong }: StepContext): Promise<void> {
  // A file, because arguments and variables would show the proxy's password.
  await host.writeFile(curlConfigFile, curlConfig(url, proxyVariables(assignment.settings)), { mode: 0o600 });
  const args = ['--fail', '--silent', '--show-error', '--location', '--retry', '3', '--connect-timeout', '15'];
  const protocols = ['--proto', '=https,http', '--proto-redir', url.startsWith('https:') ? '=https' : '=https,http'];
  const files = ['--config', curlConfigFile, '--output', archive];
  const result = await runLong('curl', [...args, ...protocols, ...files, '--', url]);
  await host.removeFile(curlConfigFile);
  if (result.exitCode === 0) return;
  throw new MusterError('download-failed', {
    url,
    reason: redactLine(result.tail.slice(-2).join(' / ')) || `curl: exit code ${result.exitCode}`,
    fix: {
      en: 'set runtime.criDockerd in the plan to a mirror or URL that this host reaches, or to a file beside the plan: {mirror: URL}, {url: URL, sha256: HASH} or {file: NAME}',
      zh: '请在计划中将 runtime.criDockerd 设为该主机可以访问的镜像源或 URL，或与计划同目录的文件：{mirror: URL}、{url: URL, sha256: 哈希} 或 {file: 文件名}',
    },
  });
}

function curlConfig(url: string, { HTTP_PROXY, HTTPS_PROXY, NO_PROXY }: Record<string, string>): string {
  const proxy = url.startsWith('https:') ? HTTPS_PROXY : HTTP_PROXY;
  return proxy === undefined ? '' : `proxy = ${JSON.stringify(proxy)}\nnoproxy = ${JSON.stringify(NO_PROXY ?? '')}\n`;
}
