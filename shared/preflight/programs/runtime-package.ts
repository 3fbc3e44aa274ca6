import { type Check, error, ok, warning } from '../check.ts';

/** Conflicts between Docker's packages and the distributions'. */
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
  guards: ['packages'],
  depends: { en: 'Warning on an existing node.', zh: '现有节点为警告。' },
  title: { en: 'Planned runtime package does not conflict', zh: '计划的容器运行时软件包无冲突' },
  reason: {
    en: 'The distribution’s and Docker’s packages conflict: apt would remove the installed one with everything that runs on it.',
    zh: '发行版与 Docker 官方的软件包互相冲突：apt 会卸载已安装的软件包及其上运行的一切。',
  },
  needed: { en: 'no package that conflicts with the planned one', zh: '没有与计划冲突的软件包' },
  remedy: {
    en: 'Set runtime.package in the plan to the installed package, or remove that package',
    zh: '在计划中将 runtime.package 设为已安装的软件包，或将其卸载',
  },
  command: 'sudo apt-get remove -y {packages}',
  judge({ facts, assignment, owns }) {
    if (assignment === null) return null;
    const planned = assignment.settings.runtime.package;
    const found = (rivals[planned] ?? []).filter((name) => facts.packages[name] != null);
    if (found.length === 0)
      return ok({ en: `no package conflicts with ${planned}`, zh: `没有与 ${planned} 冲突的软件包` });
    const seen = {
      en: `installed: ${found.join(', ')}; planned: ${planned}`,
      zh: `已安装：${found.join('、')}；计划：${planned}`,
    };
    const values = { packages: found };
    return owns ? warning(seen, { values }) : error(seen, { values });
  },
};
