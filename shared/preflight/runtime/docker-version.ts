import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, ok, unknown } from '../check.ts';
import { compareVersions } from '../versions.ts';

/** The first version that supports cgroup v2. */
const firstOnV2 = '20.10';

export const dockerVersion: Check = {
  id: 'docker-version',
  group: 'runtime',
  level: 'error',
  guards: ['packages', ...becomesNode],
  depends: {
    en: 'Only if docker is planned and the host uses cgroup v2.',
    zh: '仅当计划使用 docker 且主机使用 cgroup v2 时检查。',
  },
  title: { en: 'docker supports this host’s cgroup version', zh: 'docker 支持本机的 cgroup 版本' },
  reason: {
    en: 'Older versions do not support cgroup v2 and start no container.',
    zh: '旧版本不支持 cgroup v2，无法启动容器。',
  },
  needed: { en: `docker ${firstOnV2} or newer on cgroup v2`, zh: `cgroup v2 需要 docker ${firstOnV2} 或更高版本` },
  remedy: { en: 'Upgrade docker', zh: '升级 docker' },
  command: 'sudo apt-get install -y --only-upgrade docker.io docker-ce',
  judge({ facts, assignment }) {
    if (assignment === null || assignment.settings.runtime.name !== 'docker') return null;
    const version = facts.runtimes.find(({ name }) => name === 'docker')?.version ?? null;
    if (version === null) return ok({ en: 'docker is not installed yet', zh: 'docker 尚未安装' });
    const seen = verbatim(`docker ${version}`);
    if (facts.cgroup.version === 'unknown') return unknown(seen);
    return facts.cgroup.version === '2' && compareVersions(version, firstOnV2) < 0 ? error(seen) : ok(seen);
  },
};
