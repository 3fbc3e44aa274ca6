import { contains, parseSubnet } from '../../subnet.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const noProxy: Check = {
  id: 'no-proxy',
  group: 'network',
  level: 'warning',
  title: { en: 'A proxy leaves the cluster alone', zh: '代理不影响集群内部流量' },
  reason: {
    en: 'Otherwise the kubelet and pods ask the proxy for the API server and for services, which it can’t reach.',
    zh: '否则 kubelet 与 Pod 会经代理访问 API server 和 Service，而代理无法到达。',
  },
  needed: {
    en: 'all hosts, the pod and service subnets, .svc and the cluster’s domain in NO_PROXY',
    zh: 'NO_PROXY 包含所有主机、Pod 与 Service 网段、.svc 以及集群域名',
  },
  remedy: { en: 'Add what is missing to NO_PROXY in that file', zh: '在该文件的 NO_PROXY 中补全缺少的内容' },
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
    const wrong = network.proxies
      .filter(({ path }) => !isBefore(path) || path === ownFile(path) || !paths.includes(ownFile(path)))
      .map(({ path, noProxy }) => ({ path, lacks: missing(noProxy) }))
      .filter(({ lacks }) => lacks.length > 0);
    if (network.proxies.length === 0) return ok({ en: 'no proxy is set', zh: '未设置代理' });
    if (wrong.length === 0) return ok({ en: 'it does', zh: '不影响' });
    const list = wrong.map(({ path, lacks }) => `${path}: ${lacks.slice(0, 8).join(', ')}`).join('; ');
    const mends = assignment.settings.preparation.proxy !== null && wrong.every(({ path }) => isBefore(path));
    return warning({ en: `missing in ${list}`, zh: `缺少：${list}` }, mends ? {} : { step: null });
  },
};

/** Where muster writes the planned proxy for the service that a drop-in of systemd is for. */
const ownFile = (path: string) => path.replace(/[^/]*$/, '50-muster-proxy.conf');
/** A drop-in that is read before muster's own, which so overrules it; or that one itself. */
const isBefore = (path: string) => path.startsWith('/etc/systemd/system/') && path <= ownFile(path);

/** Whether an entry such as 192.168.0.0/24 covers an address. */
function covers(entry: string, address: string): boolean {
  const subnet = parseSubnet(entry);
  return subnet !== null && contains(subnet, address);
}
