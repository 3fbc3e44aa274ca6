import type { Facts } from '../../protocol/facts.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';
import { dockerKeys, jsonFileOptions } from './docker-keys.ts';

/** The kubelet connects to docker here. */
const ownSocket = /^(fd:\/\/|unix:\/\/(\/var)?\/run\/docker\.sock$)/;

const corrected = {
  remedy: { en: 'Correct that setting in /etc/docker/daemon.json', zh: '在 /etc/docker/daemon.json 中更正该设置' },
  command: '',
};

export const dockerConfig: Check = {
  id: 'docker-config',
  group: 'runtime',
  level: 'error',
  guards: ['runtime-config'],
  depends: { en: 'Only if docker is planned.', zh: '仅当计划使用 docker 时检查。' },
  title: { en: '/etc/docker/daemon.json is valid', zh: '/etc/docker/daemon.json 有效' },
  reason: {
    en: 'docker does not start with an invalid daemon.json, and muster does not overwrite a file that someone else wrote.',
    zh: 'daemon.json 无效时 docker 无法启动；muster 不会覆盖他人写入的文件。',
  },
  needed: {
    en: 'a JSON object with settings of docker in /etc/docker/daemon.json, or no such file',
    zh: '/etc/docker/daemon.json 为包含 docker 设置的 JSON 对象，或不存在',
  },
  remedy: { en: 'Correct the file, or move it away', zh: '修正该文件，或将其移走' },
  command: 'sudo mv /etc/docker/daemon.json /etc/docker/daemon.json.old',
  cases: {
    setting: corrected,
    'log-opts': {
      ...corrected,
      needed: { en: 'options of that log driver, as strings', zh: '该日志驱动的选项，其值为字符串' },
    },
    socket: { ...corrected, needed: verbatim('unix:///var/run/docker.sock') },
  },
  judge({ facts: { software }, assignment }) {
    if (assignment === null || assignment.settings.runtime.name !== 'docker') return null;
    if (software.dockerConfigValid === null) return notLooked;
    if (!software.dockerConfigValid)
      return error({ en: '/etc/docker/daemon.json is not valid JSON', zh: '/etc/docker/daemon.json 不是有效的 JSON' });
    const daemon = software.dockerDaemon;
    if (daemon?.rejected != null) return error(verbatim(daemon.rejected), { case: 'setting' });
    const unknown = daemon?.keys.filter((key) => !dockerKeys.has(key)) ?? [];
    if (unknown.length > 0) {
      const list = unknown.join(', ');
      return error({ en: `no setting of docker: ${list}`, zh: `不是 docker 的设置：${list}` }, { case: 'setting' });
    }
    const options = wrongLogOptions(daemon);
    if (options.length > 0) {
      const list = options.join(', ');
      const driver = daemon?.logDriver ?? 'json-file';
      return error(
        { en: `log-opts: ${list} (log driver ${driver})`, zh: `log-opts：${list}（日志驱动 ${driver}）` },
        { case: 'log-opts' },
      );
    }
    const hosts = daemon?.hosts ?? [];
    if (hosts.length > 0 && !hosts.some((one) => ownSocket.test(one))) {
      const list = hosts.join(', ');
      return error({ en: `hosts: ${list}`, zh: `hosts：${list}` }, { case: 'socket' });
    }
    return ok({
      en: '/etc/docker/daemon.json is valid or does not exist',
      zh: '/etc/docker/daemon.json 有效或不存在',
    });
  },
};

/** Options that docker refuses at its start: of another driver, or not strings. */
function wrongLogOptions(daemon: Facts['software']['dockerDaemon']): string[] {
  const { logDriver = null, logOptions = {} } = daemon ?? {};
  const isDefault = logDriver === null || logDriver === 'json-file';
  return Object.entries(logOptions).flatMap(([name, isText]) =>
    !isText || (isDefault && !jsonFileOptions.has(name)) ? [name] : [],
  );
}
