import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, warning } from '../check.ts';

/** docker's own packages and the distributions' can't be installed side by side. */
const rivals: Record<string, readonly string[]> = {
  containerd: ['containerd.io'],
  'containerd.io': ['containerd', 'docker.io'],
  'docker.io': ['docker-ce', 'containerd.io'],
  'docker-ce': ['docker.io', 'containerd'],
};

export const runtimePackage: Check = {
  id: 'runtime-package',
  group: 'programs',
  level: 'error',
  depends: { en: 'Warning on a node that stands.', zh: '已建成的节点为警告。' },
  title: { en: 'The planned runtime’s package fits what is installed', zh: '计划的运行时软件包与已安装的不冲突' },
  reason: {
    en: 'The distribution’s packages and docker’s own exclude each other: apt would take yours away, with all that runs on it.',
    zh: '发行版软件包与 docker 官方软件包互斥：apt 会卸载现有软件包及其上运行的一切。',
  },
  needed: { en: 'no rival of the planned package', zh: '没有与计划软件包冲突的软件包' },
  remedy: {
    en: 'Set runtime.package in the plan to the one that is installed, or remove that one',
    zh: '在计划中将 runtime.package 设为已安装的软件包，或将其卸载',
  },
  command: '',
  judge({ facts, assignment, owns }) {
    if (assignment === null) return null;
    const planned = assignment.settings.runtime.package;
    const found = (rivals[planned] ?? []).filter((name) => facts.packages[name] != null);
    if (found.length === 0) return ok(verbatim(planned));
    const seen = {
      en: `${found.join(', ')} is installed, ${planned} planned`,
      zh: `已安装 ${found.join('、')}，计划为 ${planned}`,
    };
    const command = `sudo apt-get remove ${found.join(' ')}`;
    return owns ? warning(seen, { command }) : error(seen, { command });
  },
};
