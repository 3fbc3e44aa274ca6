import { type Check, error, notLooked, ok } from '../check.ts';

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
    en: 'a JSON object in /etc/docker/daemon.json, or no such file',
    zh: '/etc/docker/daemon.json 为 JSON 对象，或不存在',
  },
  remedy: { en: 'Correct the file, or move it away', zh: '修正该文件，或将其移走' },
  command: 'sudo mv /etc/docker/daemon.json /etc/docker/daemon.json.old',
  judge({ facts: { software }, assignment }) {
    if (assignment === null || assignment.settings.runtime.name !== 'docker') return null;
    if (software.dockerConfigValid === null) return notLooked;
    return software.dockerConfigValid
      ? ok({ en: 'valid JSON or no such file', zh: 'JSON 有效，或文件不存在' })
      : error({ en: 'not valid JSON', zh: '不是有效的 JSON' });
  },
};
