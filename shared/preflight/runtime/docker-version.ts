import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown } from '../check.ts';
import { compareVersions } from '../versions.ts';

/** The first that works on cgroup version 2. */
const firstOnV2 = '20.10';

export const dockerVersion: Check = {
  id: 'docker-version',
  group: 'runtime',
  level: 'error',
  depends: {
    en: 'Only where docker is planned and the host has cgroup version 2.',
    zh: '仅当计划使用 docker 且主机为 cgroup 第 2 版时。',
  },
  title: { en: 'docker works with this host’s cgroups', zh: 'docker 支持本机的 cgroup 版本' },
  reason: {
    en: 'Older versions don’t know cgroup version 2 and start no container.',
    zh: '旧版本不支持 cgroup 第 2 版，无法启动容器。',
  },
  needed: {
    en: `docker ${firstOnV2} or newer on cgroup version 2`,
    zh: `cgroup 第 2 版需要 docker ${firstOnV2} 或更新`,
  },
  remedy: { en: 'Upgrade docker', zh: '升级 docker' },
  command: 'sudo apt-get install --only-upgrade docker.io docker-ce',
  judge({ facts, assignment }) {
    if (assignment === null || assignment.settings.runtime.name !== 'docker') return null;
    const version = facts.runtimes.find(({ name }) => name === 'docker')?.version ?? null;
    if (version === null) return ok({ en: 'not installed yet', zh: '尚未安装' });
    const seen = verbatim(version);
    if (facts.cgroup.version === 'unknown') return unknown(seen);
    return facts.cgroup.version === '2' && compareVersions(version, firstOnV2) < 0 ? error(seen) : ok(seen);
  },
};
