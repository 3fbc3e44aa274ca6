import { dockerDaemonJson } from '../../steps/content/docker.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';

export const dockerFlags: Check = {
  id: 'docker-flags',
  group: 'runtime',
  level: 'error',
  guards: ['runtime-config'],
  depends: { en: 'Only if docker is planned.', zh: '仅当计划使用 docker 时检查。' },
  title: { en: 'No docker setting is given twice', zh: 'docker 设置没有重复指定' },
  reason: {
    en: 'docker does not start if a setting is both in daemon.json and a flag of its unit; docker’s packages set -H fd://.',
    zh: '同一设置既在 daemon.json 中又作为其单元的参数时，docker 无法启动；docker 的软件包会设置 -H fd://。',
  },
  needed: {
    en: 'each setting either in daemon.json or as a flag; muster writes exec-opts, log-driver, log-opts and the registries',
    zh: '每项设置只在 daemon.json 或参数中出现一次；muster 会写入 exec-opts、log-driver、log-opts 与镜像仓库设置',
  },
  remedy: {
    en: 'Move the flag from that file to /etc/docker/daemon.json; remove hosts from daemon.json, or clear the flag in a drop-in',
    zh: '将该参数从该文件移到 /etc/docker/daemon.json；对于 hosts，从 daemon.json 中删除，或用 drop-in 清除该参数',
  },
  command: '',
  cases: {
    'config-file': {
      needed: {
        en: '/etc/docker/daemon.json, or no --config-file',
        zh: '/etc/docker/daemon.json，或没有 --config-file',
      },
      remedy: {
        en: 'Move the settings to /etc/docker/daemon.json and remove --config-file from that file',
        zh: '将设置移到 /etc/docker/daemon.json，并从该文件中删除 --config-file',
      },
      command: '',
    },
  },
  judge({ facts: { software }, assignment }) {
    if (assignment === null || assignment.settings.runtime.name !== 'docker') return null;
    if (software.dockerDaemon === null) return software.dockerConfigValid === false ? null : notLooked;
    const { keys, flags } = software.dockerDaemon;
    const other = flags.find(({ key }) => key === 'config-file');
    if (other !== undefined) return error(verbatim(`--config-file (${other.path})`), { case: 'config-file' });
    const needed = Object.keys(dockerDaemonJson(assignment.settings));
    const twice = flags.filter(({ key }) => keys.includes(key) || needed.includes(key));
    if (twice.length === 0) return ok({ en: 'no setting is given twice', zh: '没有重复指定的设置' });
    const list = [...new Set(twice.map(({ key, path }) => `${key} (${path})`))].join(', ');
    return error({ en: `also set as a flag: ${list}`, zh: `同时作为参数设置：${list}` });
  },
};
