import { anywhere, hint, kubelet, onHost, output, problem, seen } from '../clue.ts';
import type { Failure } from '../failure.ts';
import { ofRegistry } from './certificates.ts';

/** The machine: clock, memory, names, ports. */
export const machine: readonly Failure[] = [
  {
    id: 'clock-wrong',
    title: { en: 'System clock is wrong', zh: '系统时钟错误' },
    cause: {
      en: 'The clocks of this host and the control plane differ, or a certificate has expired: {what}.',
      zh: '该主机与控制平面的时钟不一致，或证书已过期：{what}。',
    },
    remedy: {
      en: 'Start a time daemon on this host. If the clock is right, renew the certificates on the control plane: kubeadm certs renew all',
      zh: '在该主机上启动时间同步服务。若时钟正确，请在控制平面续期证书：kubeadm certs renew all',
    },
    command: ({ install }) => `systemctl enable --now systemd-timesyncd || ${install(['systemd-timesyncd'])}`,
    where: 'host',
    hopeless: true,
    explains: ['package-source-untrusted', 'api-unreachable'],
    clues: [
      anywhere(
        /(?<what>certificate has expired or is not yet valid(?:: current time \S{1,40} is (?:before|after) \S{1,40})?)/,
        {
          unless: new RegExp(`^(?!.*current time \\S{1,40} is before).*(?:${ofRegistry.source})`, 'i'),
        },
      ),
      hint(
        /(?<what>certificate chain uses not yet (?:valid|activated) certificate|certificate is not yet (?:valid|activated)$)/,
      ),
      problem('download-failed', { reason: /(?<what>certificate is not yet valid)/i }),
      // Of kubeadm.
      output(/failed to load certificate: (?<what>the certificate is not valid yet)/),
      output(/(?<what>Release file for \S{1,300} is not valid yet)/),
      anywhere(/(?<what>token (?:not valid yet \(nbf\)|used before issued|issued in the future))/),
      anywhere(/prober found high clock drift.{0,300}?"clock-drift":"(?<what>(?:\d{1,6}h)?\d{1,3}m[^"]{1,20})/),
    ],
  },
  {
    id: 'swap-on',
    title: { en: 'Swap is on', zh: '交换空间已开启' },
    cause: {
      en: 'The kubelet does not run while swap is on. Newer kubeadm versions only warn; the kubelet exits later.',
      zh: '交换空间开启时 kubelet 无法运行。较新版本的 kubeadm 只会警告，随后 kubelet 退出。',
    },
    remedy: {
      en: 'Turn swap off and comment it out in /etc/fstab; check what turns it on again.',
      zh: '关闭交换空间，并在 /etc/fstab 中将其注释掉；检查是什么再次开启了它。',
    },
    next: { en: 'muster turns it off and retries.', zh: 'muster 会将其关闭并重试。' },
    command: "swapoff -a && sed -i -E '/\\sswap\\s/s/^[^#]/#&/' /etc/fstab",
    where: 'host',
    hopeless: true,
    explains: ['kubelet-stopped', 'api-unreachable'],
    clues: [
      anywhere(/running with swap on is not supported/i),
      seen(({ step, facts }) =>
        step === 'swap' && facts !== null && facts.swap.devices.length > 0
          ? { line: `swap on: ${facts.swap.devices.join(', ')}` }
          : null,
      ),
    ],
    automatic: { remedy: 'try-again', tries: 3 },
  },
  {
    id: 'localhost-unresolved',
    title: { en: 'localhost does not resolve', zh: '无法解析 localhost' },
    cause: {
      en: '/etc/hosts has no entry for localhost: the kubelet asks a nameserver for it and exits.',
      zh: '/etc/hosts 中没有 localhost 条目：kubelet 向名称服务器查询后退出。',
    },
    remedy: { en: 'Add the entry for localhost to /etc/hosts.', zh: '在 /etc/hosts 中添加 localhost 条目。' },
    command: "sed -i '1i 127.0.0.1 localhost' /etc/hosts",
    where: 'host',
    hopeless: true,
    explains: ['kubelet-stopped', 'api-unreachable'],
    clues: [
      anywhere(/lookup localhost\b.{0,200}?(?:timeout|no such host|server misbehaving|refused|unreachable|failure)/i),
    ],
  },
  {
    id: 'nameserver-silent',
    title: { en: 'Nameserver does not answer', zh: '名称服务器无应答' },
    cause: {
      en: 'This host cannot resolve {name}: its nameserver {nameserver} does not answer.',
      zh: '该主机无法解析 {name}：其名称服务器 {nameserver} 没有应答。',
    },
    remedy: {
      en: 'Correct the nameservers of this host, or open port 53 to them in the firewall. For 127.0.0.53, systemd-resolved must run (the command restarts it).',
      zh: '更正该主机的名称服务器，或在防火墙中放行到它们的 53 端口。对于 127.0.0.53，systemd-resolved 必须在运行（该命令会重启它）。',
    },
    command:
      'cat /etc/resolv.conf; grep -q 127.0.0.53 /etc/resolv.conf && systemctl restart systemd-resolved; getent hosts {name}',
    where: 'host',
    explains: ['registry-unreachable', 'sandbox-image-missing', 'host-name-unresolved', 'api-unreachable'],
    clues: [
      onHost(
        /lookup (?!localhost\b)(?<name>[\w.-]{1,253}) on (?<nameserver>\[?[\da-f.:]{2,45}\]?):53: (?:read|write|dial) udp .{1,120}?(?:timeout|timed out|connection refused|unreachable|no route to host|cannot assign requested address)/,
        { unless: /\.muster\.internal\b/ },
      ),
    ],
  },
  {
    id: 'host-name-unresolved',
    title: { en: 'Host name does not resolve', zh: '无法解析主机名' },
    cause: { en: 'This host cannot resolve {name}.', zh: '该主机无法解析 {name}。' },
    remedy: {
      en: 'Check what removes muster’s entries from /etc/hosts (for example cloud-init’s manage_etc_hosts). An endpoint that the site resolves must be known to this host’s nameservers.',
      zh: '检查是什么删除了 muster 写入 /etc/hosts 的条目（例如 cloud-init 的 manage_etc_hosts）。由站点解析的端点必须能被该主机的名称服务器解析。',
    },
    next: { en: 'muster writes them again and retries.', zh: 'muster 会重新写入并重试。' },
    command: 'getent hosts {name}; grep -rs manage_etc_hosts /etc/cloud',
    where: 'host',
    hopeless: true,
    explains: ['api-unreachable'],
    clues: [
      anywhere(
        /https:\/\/(?<name>[a-z][\w.-]{1,200}):\d{2,5}\/(?:apis?|version|healthz)\b.{0,400}?(?:no such host|server misbehaving|Temporary failure in name resolution|lookup \S{1,253} on \S{1,60}: (?:read|write|dial) udp .{1,100}?(?:timeout|refused|unreachable))/,
      ),
      kubelet(
        /failed to run Kubelet: .{0,160}?lookup (?!localhost\b)(?<name>[\w.-]{1,200})\b.{0,100}?(?:no such host|misbehaving|timeout)/,
      ),
      output(/hostname "(?<name>[\w.-]+)" could not be (?:reached|resolved)/),
      anywhere(
        /lookup (?<name>[\w.-]{1,200}\.muster\.internal)\b.{0,200}?(?:no such host|timeout|misbehaving|refused)/,
      ),
    ],
    automatic: { remedy: 'try-again', tries: 5 },
  },
  {
    id: 'host-is-container',
    title: { en: 'Host is a container that lacks what the kubelet needs', zh: '主机是容器，缺少 kubelet 所需的内容' },
    cause: {
      en: 'The kubelet exits: {what}. The host is itself a container (LXC) that does not provide it.',
      zh: 'kubelet 退出：{what}。该主机本身是容器（LXC），未提供此内容。',
    },
    remedy: {
      en: 'Use a virtual machine. In LXC, the command provides /dev/kmsg, also for the next boot; kernel parameters must be set on the machine that runs the container.',
      zh: '请使用虚拟机。在 LXC 中，该命令会提供 /dev/kmsg，并在下次启动时保留；内核参数须在运行该容器的机器上设置。',
    },
    command:
      "echo 'L /dev/kmsg - - - - /dev/console' > /etc/tmpfiles.d/kmsg.conf && systemd-tmpfiles --create /etc/tmpfiles.d/kmsg.conf && systemctl restart kubelet",
    where: 'host',
    hopeless: true,
    explains: ['kubelet-stopped', 'kubelet-exits', 'api-unreachable'],
    clues: [
      kubelet(/(?<what>open \/dev\/kmsg: (?:no such file or directory|operation not permitted|permission denied))/),
      kubelet(
        /Failed to start ContainerManager.{0,160}?(?<what>(?:open|mkdir) \/(?:proc\/sys|sys\/fs\/cgroup)\/[\w./-]{1,100}: (?:permission denied|read-only file system))/,
      ),
    ],
  },
  {
    id: 'port-in-use',
    title: { en: 'A required port is in use', zh: '必需的端口被占用' },
    cause: { en: 'Another program listens on port {port}.', zh: '其他程序正在监听端口 {port}。' },
    remedy: {
      en: 'Stop that program and disable it. The command shows and kills it.',
      zh: '停止该程序并将其停用。该命令会显示并终止它。',
    },
    command: "ss -ltnp 'sport = :{port}'; kill $(ss -Hltnp 'sport = :{port}' | grep -o 'pid=[0-9]*' | cut -d= -f2)",
    where: 'host',
    explains: ['kubelet-stopped', 'runtime-start-failed', 'api-unreachable'],
    clues: [
      output(/Port (?<port>\d+) is in use/),
      // Not of a container's published port.
      anywhere(/listen tcp \S*:(?<port>\d+): bind: address already in use/, {
        unless: /userland proxy|external connectivity/,
      }),
      // haproxy.
      anywhere(/cannot bind socket (?:\(Address already in use\) (?:for )?)?\[\S{0,60}:(?<port>\d{1,5})\]/),
      // Calico beside another BGP speaker.
      anywhere(/bird: BGP: Socket error: (?:listen|bind): Address (?:already )?in use/, { values: { port: '179' } }),
    ],
  },
];
