import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown } from '../check.ts';

export const endpointName: Check = {
  id: 'endpoint-name',
  group: 'network',
  level: 'error',
  depends: {
    en: 'Only where the plan leaves the endpoint’s name to the site’s DNS.',
    zh: '仅当计划将端点名称交给站点 DNS 解析时。',
  },
  title: { en: 'The control plane’s name resolves', zh: '控制平面名称可解析' },
  reason: {
    en: 'Every kubelet reaches the API server by this name.',
    zh: '所有 kubelet 都通过该名称访问 API server。',
  },
  needed: { en: 'an address for the planned endpoint', zh: '计划中的端点名称能解析到地址' },
  remedy: {
    en: 'Add the name to your DNS, or let muster keep it: controlPlaneEndpoint.managed: true',
    zh: '在 DNS 中添加该名称，或由 muster 管理：controlPlaneEndpoint.managed: true',
  },
  command: '',
  judge({ facts: { reach }, assignment }) {
    if (assignment === null || reach === null) return null;
    if (assignment.settings.endpoint.managed)
      return ok({ en: 'muster keeps it in /etc/hosts', zh: '由 muster 写入 /etc/hosts' });
    const { endpointName: found } = reach;
    if (found === null || found.result === 'unknown')
      return unknown({ en: 'no nameserver answered in time', zh: '域名服务器未及时应答' });
    return found.result === 'ok'
      ? ok(verbatim(found.target))
      : error({ en: `${found.target} does not resolve`, zh: `${found.target} 无法解析` });
  },
};
