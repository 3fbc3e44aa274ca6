import { dropIn, proxyDropIn, proxySecrets, proxySecretsFile } from './content/services.ts';
import { defineStep } from './definition.ts';

export const proxy = defineStep({
  id: 'proxy',
  title: { en: 'Configure the proxy of the runtime and the kubelet', zh: '为运行时和 kubelet 配置 HTTP 代理' },
  activity: { en: 'configuring the proxy', zh: '配置 HTTP 代理' },
  bootstrap: 'all',
  part: 'prepare',
  changes: ({ settings }) => [
    { kind: 'restart-later', unit: settings.runtime.name },
    ...[settings.runtime.name, 'kubelet'].flatMap((unit) => [
      { kind: 'file' as const, path: proxySecretsFile(unit), content: proxySecrets(settings), mode: 0o600 },
      { kind: 'file' as const, path: dropIn(unit, 'proxy'), content: proxyDropIn(settings, unit), mode: 0o644 },
    ]),
    { kind: 'command', argv: ['systemctl', 'daemon-reload'] },
    { kind: 'command', argv: ['systemctl', 'try-restart', 'kubelet'], when: 'node' },
  ],
});
