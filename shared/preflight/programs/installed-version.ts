import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, warning } from '../check.ts';

const names = ['kubeadm', 'kubelet', 'kubectl'];

export const installedVersion: Check = {
  id: 'installed-version',
  group: 'programs',
  level: 'warning',
  depends: {
    en: 'Before the host is a node, muster installs the planned version; a node’s version it does not change.',
    zh: '成为节点之前，muster 会安装计划版本；已建成节点的版本不会更改。',
  },
  title: { en: 'Kubernetes is installed in the planned version', zh: '已安装的 Kubernetes 与计划版本一致' },
  reason: {
    en: 'A kubelet that is newer than the API server, or two minors older, is not supported; a node is never downgraded.',
    zh: '比 API server 新、或落后两个以上次版本的 kubelet 不受支持；节点不可降级。',
  },
  needed: { en: 'the planned version of kubeadm, kubelet and kubectl', zh: '计划版本的 kubeadm、kubelet 与 kubectl' },
  remedy: {
    en: 'Put the version that runs back into the plan, or upgrade the node with kubeadm upgrade',
    zh: '在计划中恢复正在运行的版本，或用 kubeadm upgrade 升级节点',
  },
  command: 'kubeadm upgrade plan',
  step: 'packages',
  judge({ facts, assignment, owns }) {
    if (assignment === null) return null;
    const { version } = assignment.settings.kubernetes;
    const found = names.flatMap((name) =>
      facts.packages[name] == null ? [] : [[name, facts.packages[name]] as const],
    );
    const others = found.filter(([, installed]) => !installed.startsWith(version));
    if (found.length === 0) return ok({ en: 'not installed yet', zh: '尚未安装' });
    if (others.length === 0) return ok(verbatim(version));
    const seen = verbatim(others.map(([name, installed]) => `${name} ${installed}`).join(', '));
    const needed = verbatim(version);
    const remedy = { en: 'Install the planned version', zh: '安装计划版本' };
    const command = 'sudo apt-get install --allow-downgrades --allow-change-held-packages';
    if (owns) return warning(seen, { needed, step: null });
    return warning(seen, {
      needed,
      remedy,
      command: `${command} ${names.map((name) => `${name}='${version}-*'`).join(' ')}`,
    });
  },
};
