import { isPlannedKubernetes } from '../../compatibility/versions.ts';
import type { Command } from '../../packages/index.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, warning } from '../check.ts';

const names = ['kubeadm', 'kubelet', 'kubectl'];

const installPlanned = { en: 'Install the planned version', zh: '安装计划版本' };
const install =
  (version: string): Command =>
  ({ replace }) =>
    `sudo ${replace(names, version)}`;

export const installedVersion: Check = {
  id: 'installed-version',
  group: 'programs',
  level: 'warning',
  depends: {
    en: 'Before the host becomes a node, muster installs the planned version; it does not change the version of an existing node.',
    zh: '成为节点之前，muster 会安装计划版本；不会更改现有节点的版本。',
  },
  title: { en: 'Installed Kubernetes version matches the plan', zh: '已安装的 Kubernetes 版本与计划一致' },
  reason: {
    en: 'A kubelet newer than the API server, or too many minor versions older, is not supported; a node cannot be downgraded.',
    zh: '比 API 服务器新或落后过多次要版本的 kubelet 不受支持；节点不能降级。',
  },
  needed: { en: 'the planned version of kubeadm, kubelet and kubectl', zh: '计划版本的 kubeadm、kubelet 与 kubectl' },
  remedy: {
    en: 'Set the running version in the plan, or upgrade the node with kubeadm upgrade',
    zh: '在计划中设置正在运行的版本，或用 kubeadm upgrade 升级节点',
  },
  command: '',
  cases: {
    node: { needed: verbatim('{version}') },
    host: {
      needed: verbatim('{version}'),
      remedy: installPlanned,
      command: install("'{version}-*'"),
    },
    revision: { needed: verbatim('{version}'), remedy: installPlanned, command: install('{version}') },
  },
  step: 'packages',
  judge({ facts, assignment, owns }) {
    if (assignment === null) return null;
    const { kubernetes } = assignment.settings;
    const planned = kubernetes.packageVersion ?? kubernetes.version;
    const found = names.flatMap((name) =>
      facts.packages[name] == null ? [] : [[name, facts.packages[name]] as const],
    );
    const others = found.filter(([, installed]) => !isPlannedKubernetes(installed, kubernetes));
    if (found.length === 0) return ok({ en: 'not installed yet', zh: '尚未安装' });
    if (others.length === 0) return ok(verbatim(planned));
    const seen = verbatim(others.map(([name, installed]) => `${name} ${installed}`).join(', '));
    const values = { version: planned };
    if (owns) return warning(seen, { case: 'node', values, step: null });
    return warning(seen, { case: kubernetes.packageVersion === null ? 'host' : 'revision', values });
  },
};
