import { usesApiProxy } from '../../plan/api-proxy.ts';
import { apiProxy } from '../../steps/content/api-proxy.ts';
import { type Check, error, ok } from '../check.ts';

export const apiProxyPort: Check = {
  id: 'api-proxy-port',
  group: 'network',
  level: 'error',
  guards: ['api-proxy'],
  depends: { en: 'Only with several control planes.', zh: '仅针对多个控制平面。' },
  title: { en: 'Port of the proxy to the API servers is free', zh: 'API 服务器代理的端口空闲' },
  reason: {
    en: 'With several control planes, each host reaches the API servers through haproxy on 127.0.0.1 and the endpoint’s port. If another program listens there, the host cannot reach them.',
    zh: '有多个控制平面时，每台主机通过 127.0.0.1 上端点端口的 haproxy 访问 API 服务器。若该端口被其他程序占用，主机将无法访问它们。',
  },
  needed: {
    en: `the endpoint’s port (6443 by default) on ${apiProxy.address}: free, or used by muster’s proxy or the API server`,
    zh: `${apiProxy.address} 上的端点端口（默认 6443）：空闲，或由 muster 的代理或 API 服务器使用`,
  },
  remedy: {
    en: 'Stop the program that listens (sudo ss -ltnp), or move it to another port',
    zh: '停止监听的程序（sudo ss -ltnp），或让其改用其他端口',
  },
  command: '',
  judge({ facts, assignment }) {
    if (assignment === null || !usesApiProxy(assignment.settings)) return null;
    const { port } = assignment.settings.endpoint;
    const taken = facts.ports.find((one) => one.port === port && one.process !== 'kube-apiserver');
    if (taken === undefined) return ok({ en: `free: ${port}`, zh: `空闲：${port}` });
    return error({
      en: `in use: ${port} (${taken.process ?? 'unknown program'})`,
      zh: `已占用：${port}（${taken.process ?? '未知程序'}）`,
    });
  },
};
