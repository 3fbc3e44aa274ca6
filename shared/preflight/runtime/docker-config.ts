import { type Check, error, notLooked, ok } from '../check.ts';

export const dockerConfig: Check = {
  id: 'docker-config',
  group: 'runtime',
  level: 'error',
  depends: { en: 'Only where docker is planned.', zh: '仅当计划使用 docker 时。' },
  title: { en: 'docker’s configuration can be read', zh: 'docker 配置可以读取' },
  reason: {
    en: 'docker does not start with a daemon.json that is no JSON, and muster does not throw away what someone wrote.',
    zh: 'daemon.json 不是合法 JSON 时 docker 无法启动；muster 不会丢弃他人写入的内容。',
  },
  needed: {
    en: '/etc/docker/daemon.json is an object of JSON, or not there',
    zh: '/etc/docker/daemon.json 是 JSON 对象，或不存在',
  },
  remedy: { en: 'Mend or remove the file', zh: '修正或删除该文件' },
  command: 'python3 -m json.tool /etc/docker/daemon.json',
  judge({ facts: { software }, assignment }) {
    if (assignment === null || assignment.settings.runtime.name !== 'docker') return null;
    if (software.dockerConfigValid === null) return notLooked;
    return software.dockerConfigValid
      ? ok({ en: 'it can', zh: '可以' })
      : error({ en: 'it is not valid JSON', zh: '不是合法的 JSON' });
  },
};
