import { compareVersions } from '../../compatibility/versions.ts';
import { oldestEtcd } from '../../kubeadm/etcd-version.ts';
import { externalEtcd as plannedEtcd } from '../../plan/etcd.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import type { ExternalEtcdFacts } from '../../protocol/facts.ts';
import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, notLooked, ok, type Verdict, warning } from '../check.ts';

export const externalEtcd: Check = {
  id: 'external-etcd',
  group: 'etcd',
  level: 'error',
  guards: becomesNode,
  depends: { en: 'Only on control planes with etcd.external.', zh: '仅针对设置了 etcd.external 的控制平面。' },
  title: { en: 'The external etcd accepts this host’s client certificate', zh: '外部 etcd 接受该主机的客户端证书' },
  reason: {
    en: 'The API server does not start without etcd, and kubeadm init then fails after minutes.',
    zh: '没有 etcd，API 服务器无法启动，kubeadm init 会在数分钟后失败。',
  },
  needed: {
    en: `every endpoint of etcd.external answers over TLS with the planned files, has the same cluster id, and runs etcd ${oldestEtcd('1.20.0')} or later (Kubernetes 1.28: ${oldestEtcd('1.28.0')}, 1.31: ${oldestEtcd('1.31.0')}) with its JSON gateway, which is on by default`,
    zh: `etcd.external 的每个端点用计划的文件通过 TLS 应答，集群 ID 相同，运行 etcd ${oldestEtcd('1.20.0')} 或更高版本（Kubernetes 1.28：${oldestEtcd('1.28.0')}，1.31：${oldestEtcd('1.31.0')}），并启用 JSON 网关（默认启用）`,
  },
  remedy: {
    en: 'Start etcd, open its client port for the control planes, or correct etcd.external in the plan',
    zh: '启动 etcd，向控制平面开放其客户端端口，或更正计划中的 etcd.external',
  },
  command: '',
  cases: {
    files: {
      remedy: {
        en: 'Copy the CA certificate, the client certificate and its key to these paths on this host, then run chmod',
        zh: '将 CA 证书、客户端证书及其密钥复制到该主机的上述路径，然后运行 chmod',
      },
      command: 'sudo chmod 600 {key}',
    },
    certificate: {
      remedy: {
        en: 'Copy a client certificate signed by etcd’s CA, and its key, to this host',
        zh: '将由该 etcd 的 CA 签发的客户端证书及其密钥复制到该主机',
      },
    },
    'key-format': {
      remedy: {
        en: 'Convert an EC key, or use an RSA key; then copy it to every control plane that has the file',
        zh: '转换 EC 密钥，或使用 RSA 密钥；然后复制到每个已有该文件的控制平面',
      },
      command: 'sudo openssl ec -in {key} -out {key}',
    },
    clusters: {
      remedy: {
        en: 'List the members of one etcd cluster in etcd.external.endpoints',
        zh: '在 etcd.external.endpoints 中只列出同一个 etcd 集群的成员',
      },
    },
    version: {
      remedy: {
        en: 'Upgrade etcd, or set an older kubernetes.version in the plan',
        zh: '升级 etcd，或在计划中设置较旧的 kubernetes.version',
      },
    },
  },
  judge({ facts: { externalEtcd: seen }, assignment, role }) {
    if (assignment === null || role !== 'control-plane' || plannedEtcd(assignment.settings) === null) return null;
    if (seen === null) return notLooked;
    return judgeFiles(seen, assignment) ?? judgeEndpoints(seen, assignment);
  },
};

function judgeFiles({ missing, certificate }: ExternalEtcdFacts, { bootstrap, settings }: Assignment): Verdict | null {
  const key = plannedEtcd(settings)?.keyFile ?? '';
  if (missing.length > 0) {
    const list = missing.join(', ');
    if (bootstrap === 'join') {
      return ok({ en: `kubeadm join provides ${list}`, zh: `由 kubeadm join 提供：${list}` });
    }
    return error({ en: `missing: ${list}`, zh: `缺失：${list}` }, { case: 'files', values: { key } });
  }
  if (certificate === null) return null;
  const faults = {
    unreadable: { en: 'the certificate or its key is not PEM', zh: '证书或其密钥不是 PEM' },
    'other-key': { en: 'the key does not belong to the certificate', zh: '密钥与证书不匹配' },
    expired: { en: 'the certificate has expired', zh: '证书已过期' },
    'key-format': {
      en: 'kubeadm cannot copy the key to other control planes: it is neither RSA nor begins with BEGIN EC PRIVATE KEY',
      zh: 'kubeadm 无法将该密钥复制到其他控制平面：它既不是 RSA，也不以 BEGIN EC PRIVATE KEY 开头',
    },
  };
  if (certificate !== 'key-format') return error(faults[certificate], { case: 'certificate' });
  // Alone it works, and must be corrected before a second control plane joins.
  const isAlone = settings.hosts.filter(({ role }) => role === 'control-plane').length < 2;
  return (isAlone ? warning : error)(faults[certificate], { case: 'key-format', values: { key } });
}

function judgeEndpoints({ endpoints }: ExternalEtcdFacts, { settings }: Assignment): Verdict {
  const silent = endpoints.flatMap(({ failure }) => (failure === null ? [] : [failure]));
  const answering = endpoints.filter(({ failure }) => failure === null);
  if (answering.length === 0) return error(verbatim(silent.join('; ')));
  const oldest = oldestEtcd(settings.kubernetes.version);
  const old = answering.filter(({ version }) => version !== null && compareVersions(version, oldest) < 0);
  const list = (of: typeof answering, value: 'version' | 'cluster') =>
    verbatim(of.map((one) => `${one.url}: ${one[value]}`).join(', '));
  if (old.length > 0) return error(list(old, 'version'), { case: 'version' });
  if (new Set(answering.map(({ cluster }) => cluster)).size > 1) {
    return error(list(answering, 'cluster'), { case: 'clusters' });
  }
  return silent.length > 0 ? warning(verbatim(silent.join('; '))) : ok(list(answering, 'version'));
}
