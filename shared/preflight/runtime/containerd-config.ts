import { runtimeVersion } from '../../compatibility/runtime-version.ts';
import { compareVersions } from '../../compatibility/versions.ts';
import { minorVersion } from '../../kubeadm/version.ts';
import type { Facts } from '../../protocol/facts.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, type Verdict, warning } from '../check.ts';

const socket = '/run/containerd/containerd.sock';
const inFile = (what: string, zh: string) => ({
  remedy: { en: `${what} in /etc/containerd/config.toml`, zh: `在 /etc/containerd/config.toml 中${zh}` },
  command: '',
});

export const containerdConfig: Check = {
  id: 'containerd-config',
  group: 'runtime',
  level: 'error',
  guards: ['runtime-config'],
  depends: {
    en: 'Only if containerd is planned. Warning for imported files that overrule muster’s settings.',
    zh: '仅当计划使用 containerd 时检查。导入的文件覆盖 muster 的设置时为警告。',
  },
  title: { en: '/etc/containerd/config.toml is usable', zh: '/etc/containerd/config.toml 可用' },
  reason: {
    en: 'muster keeps the site’s settings; some of them keep containerd from starting or the kubelet from reaching it.',
    zh: 'muster 保留已有的设置；其中一些会使 containerd 无法启动，或使 kubelet 无法访问它。',
  },
  needed: {
    en: 'a valid file in a version that this containerd reads, or no such file',
    zh: '该 containerd 能够读取的版本的有效文件，或不存在',
  },
  remedy: { en: 'Correct the file, or move it away', zh: '修正该文件，或将其移走' },
  command: 'sudo mv /etc/containerd/config.toml /etc/containerd/config.toml.old',
  cases: {
    'other-file': {
      needed: { en: '/etc/containerd/config.toml, or no --config', zh: '/etc/containerd/config.toml，或没有 --config' },
      remedy: {
        en: 'Move the settings to /etc/containerd/config.toml and remove --config from containerd’s unit',
        zh: '将设置移到 /etc/containerd/config.toml，并从 containerd 的单元中删除 --config',
      },
      command: 'systemctl cat containerd',
    },
    socket: {
      needed: { en: `grpc.address = "${socket}", or not set`, zh: `grpc.address = "${socket}"，或未设置` },
      ...inFile('Remove address from [grpc]', '从 [grpc] 删除 address'),
    },
    registries: {
      needed: { en: 'either config_path, or mirrors and tls', zh: 'config_path，或者 mirrors 与 tls，二者之一' },
      ...inFile(
        'Remove config_path, or move the mirrors to hosts.toml files',
        '删除 config_path，或将 mirrors 移到 hosts.toml 文件',
      ),
    },
    runtime: {
      needed: { en: 'a table for the default runtime', zh: '默认运行时有对应的表' },
      ...inFile('Add that runtime, or remove default_runtime_name', '添加该运行时，或删除 default_runtime_name'),
    },
    imports: {
      needed: {
        en: 'SystemdCgroup = true for runtimes that use runc; no sandbox image; cri enabled',
        zh: '使用 runc 的运行时设置 SystemdCgroup = true；不设置沙箱镜像；启用 cri',
      },
      remedy: {
        en: 'Set SystemdCgroup = true in that file, or remove it from imports',
        zh: '在该文件中设置 SystemdCgroup = true，或将其从 imports 中删除',
      },
      command: '',
    },
    replaced: {
      needed: {
        en: 'no section of the CRI plugin in imported files: containerd 1 takes it in place of the one in config.toml',
        zh: '导入的文件中没有 CRI 插件的配置节：containerd 1 会用它取代 config.toml 中的配置节',
      },
      remedy: {
        en: 'Move the section to /etc/containerd/config.toml and remove the file from imports',
        zh: '将该配置节移到 /etc/containerd/config.toml，并从 imports 中删除该文件',
      },
      command: '',
    },
    unparsable: {
      needed: { en: 'only valid TOML in imported files', zh: '导入的文件均为有效的 TOML' },
      remedy: {
        en: 'Correct that file, or remove it from imports',
        zh: '修正该文件，或将其从 imports 中删除',
      },
      command: '',
    },
    missing: {
      needed: { en: 'only existing files in imports', zh: 'imports 中只有存在的文件' },
      ...inFile('Remove the file from imports', '从 imports 中删除该文件'),
    },
  },
  judge({ facts, assignment }) {
    if (assignment === null || assignment.settings.runtime.name !== 'containerd') return null;
    const found = facts.software.containerd;
    if (found === null)
      return ok({ en: '/etc/containerd/config.toml does not exist', zh: '/etc/containerd/config.toml 不存在' });
    if (found.otherFile !== null) return error(verbatim(`--config ${found.otherFile}`), { case: 'other-file' });
    if (found.invalid !== null) return error(verbatim(found.invalid));
    const { runtime, kubernetes } = assignment.settings;
    const installed = facts.runtimes.find(({ name }) => name === 'containerd')?.version ?? null;
    const version = installed ?? runtimeVersion(facts, runtime).version;
    const versionProblem = judgeVersion(found.version, version, minorVersion(kubernetes.version));
    if (versionProblem !== null) return versionProblem;
    if (found.socket !== null && !found.socket.endsWith(socket))
      return error(verbatim(`grpc.address = "${found.socket}"`), { case: 'socket' });
    if (found.twoRegistryStyles)
      return error(
        { en: 'registry: config_path and mirrors or tls', zh: 'registry：同时有 config_path 和 mirrors 或 tls' },
        { case: 'registries' },
      );
    if (found.missingRuntime !== null)
      return error(
        {
          en: `default_runtime_name = "${found.missingRuntime}", which is not defined`,
          zh: `default_runtime_name = "${found.missingRuntime}"，但未定义`,
        },
        { case: 'runtime' },
      );
    return (
      judgeImports(found, version) ??
      ok({ en: '/etc/containerd/config.toml is valid', zh: '/etc/containerd/config.toml 有效' })
    );
  },
};

function judgeImports(
  { overruledBy, replacedBy, missingImports, invalidImports }: NonNullable<Facts['software']['containerd']>,
  version: string | null,
): Verdict | null {
  const isOne = version === null || compareVersions(version, '2') < 0;
  const listed = (paths: readonly string[]) => verbatim(paths.join(', '));
  if (missingImports.length > 0 && (version === null || compareVersions(version, '1.5') >= 0))
    return (version === null ? warning : error)(listed(missingImports), { case: 'missing' });
  // containerd may read what this parser does not.
  if (invalidImports.length > 0) return warning(listed(invalidImports), { case: 'unparsable' });
  if (overruledBy.length > 0) return warning(listed(overruledBy), { case: 'imports' });
  return replacedBy.length > 0 && isOne ? warning(listed(replacedBy), { case: 'replaced' }) : null;
}

/**
 * containerd 1.x ignores version 3, and 2.x the CRI settings of version 1; both start with their defaults instead.
 * `containerd`: installed, or to be installed.
 */
function judgeVersion(version: number | null, containerd: string | null, kubernetes: number): Verdict | null {
  // Kubelets before 1.23 need containerd 1.
  const isOld = containerd === null ? kubernetes < 23 : compareVersions(containerd, '2') < 0;
  const isNew = containerd !== null && compareVersions(containerd, '2') >= 0;
  const seen = { en: `version = ${version}`, zh: `version = ${version}` };
  if (version !== null && ((version >= 3 && isOld) || (version < 2 && isNew))) return error(seen);
  return null;
}
