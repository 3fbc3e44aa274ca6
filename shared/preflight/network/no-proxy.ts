import { contains, parseSubnet } from '../../subnet.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const noProxy: Check = {
  id: 'no-proxy',
  group: 'network',
  level: 'warning',
  title: { en: 'Cluster traffic bypasses the proxy', zh: '集群流量不经过 HTTP 代理' },
  reason: {
    en: 'Otherwise the kubelet and pods send requests for the API server and Services to the proxy, which cannot reach them.',
    zh: '否则 kubelet 与 Pod 会将发往 API 服务器和 Service 的请求交给 HTTP 代理，而 HTTP 代理无法访问它们。',
  },
  needed: {
    en: 'all hosts, the pod and service subnets, .svc and the cluster domain in NO_PROXY',
    zh: 'NO_PROXY 包含所有主机、Pod 与 Service 子网、.svc 以及集群域名',
  },
  remedy: { en: 'Add the missing entries to NO_PROXY in that file', zh: '在该文件的 NO_PROXY 中补全缺少的条目' },
  command: '',
  step: 'proxy',
  judge({ facts: { network }, assignment }) {
    if (assignment === null) return null;
    if (network.proxies === null) return notLooked;
    const { podSubnet, serviceSubnet, dnsDomain } = assignment.settings.network;
    const hosts = assignment.settings.hosts.map(({ address }) => address);
    const missing = (list: string) => {
      const entries = list.split(/[,\s]+/);
      const covered = (address: string) =>
        entries.some((entry) => entry === '*' || entry === address || covers(entry, address));
      const ranges = [podSubnet, serviceSubnet, '.svc', dnsDomain].filter(
        (one) => !entries.includes('*') && !entries.includes(one) && !entries.includes(`.${one}`),
      );
      return [...hosts.filter((address) => !covered(address)), ...ranges];
    };
    const paths = network.proxies.map(({ path }) => path);
    const isPlanned = assignment.settings.preparation.proxy !== null;
    const wrong = network.proxies
      .filter(({ path }) => !(isPlanned && isForAll(path)))
      .filter(({ path }) => !isBefore(path) || path === ownFile(path) || !paths.includes(ownFile(path)))
      // The end of a very long list is not reported.
      .filter(({ noProxy }) => !noProxy.endsWith('…'))
      .map(({ path, noProxy }) => ({ path, lacks: missing(noProxy) }))
      .filter(({ lacks }) => lacks.length > 0);
    if (network.proxies.length === 0) return ok({ en: 'no proxy configured', zh: '未配置 HTTP 代理' });
    if (wrong.length === 0)
      return ok({ en: `NO_PROXY is complete in ${paths.join(', ')}`, zh: `NO_PROXY 完整：${paths.join('、')}` });
    const list = wrong.map(({ path, lacks }) => `${path}: ${lacks.slice(0, 8).join(', ')}`).join('; ');
    const mends = isPlanned && wrong.every(({ path }) => isBefore(path));
    return warning(
      { en: `missing in NO_PROXY of ${list}`, zh: `NO_PROXY 缺少条目：${list}` },
      mends ? {} : { step: null },
    );
  },
};

/** Files for all services; the drop-ins of one, such as muster's, override them. */
const isForAll = (path: string) => /^\/etc\/systemd\/system(\/service\.d\/|\.conf)/.test(path);

/** Path of muster's proxy drop-in next to another drop-in of the same service. */
const ownFile = (path: string) => path.replace(/[^/]*$/, '50-muster-proxy.conf');
/** Whether muster's drop-in overrides this one because systemd reads it earlier; true for muster's own. */
const isBefore = (path: string) => path.startsWith('/etc/systemd/system/') && path <= ownFile(path);

/** Whether an entry such as 192.168.0.0/24 covers an address. */
function covers(entry: string, address: string): boolean {
  const subnet = parseSubnet(entry);
  return subnet !== null && contains(subnet, address);
}
