import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, ok, unknown } from '../check.ts';

export const endpointName: Check = {
  id: 'endpoint-name',
  group: 'network',
  level: 'error',
  guards: becomesNode,
  depends: {
    en: 'Only if the plan leaves the endpoint’s name to the site’s DNS.',
    zh: '仅当计划将端点名称交由站点 DNS 解析时检查。',
  },
  title: { en: 'Control plane endpoint resolves', zh: '控制平面端点可解析' },
  reason: {
    en: 'Every kubelet reaches the API server by this name.',
    zh: '所有 kubelet 都通过该名称访问 API 服务器。',
  },
  needed: { en: 'an address for the planned endpoint', zh: '计划的端点名称对应一个地址' },
  remedy: {
    en: 'Add the name to your DNS, or set controlPlaneEndpoint.managed: true in the plan',
    zh: '在 DNS 中添加该名称，或在计划中设置 controlPlaneEndpoint.managed: true',
  },
  command: '',
  judge({ facts: { reach }, assignment }) {
    if (assignment === null || reach === null) return null;
    if (assignment.settings.endpoint.managed)
      return ok({ en: 'managed by muster in /etc/hosts', zh: '由 muster 在 /etc/hosts 中管理' });
    const { endpointName: found } = reach;
    if (found === null || found.result === 'unknown')
      return unknown({ en: 'no answer from a nameserver in time', zh: '名称服务器未及时应答' });
    return found.result === 'ok'
      ? ok(verbatim(found.target))
      : error({ en: `${found.target} does not resolve`, zh: `${found.target} 无法解析` });
  },
};
