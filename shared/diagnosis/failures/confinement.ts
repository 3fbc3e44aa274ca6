import { anywhere } from '../clue.ts';
import type { Evidence } from '../evidence.ts';
import type { Failure } from '../failure.ts';

/** Unless it is known that SELinux denies nothing. */
const mayDeny = ({ facts }: Evidence) => (facts?.machine.seLinux ?? 'enforcing') === 'enforcing';

/** Mandatory access control that forbids what containers need. */
export const confinement: readonly Failure[] = [
  {
    id: 'apparmor-unusable',
    title: { en: 'AppArmor profile cannot be loaded', zh: '无法加载 AppArmor 配置文件' },
    cause: {
      en: 'No container starts: AppArmor is on, but the runtime cannot load its profile ({what}).',
      zh: '容器无法启动：AppArmor 已启用，但容器运行时无法加载其配置文件（{what}）。',
    },
    remedy: {
      en: 'Install AppArmor’s tools and restart the runtime. If the host is itself a container (LXC), run it unconfined.',
      zh: '安装 AppArmor 工具并重启容器运行时。若该主机本身是容器（LXC），请以 unconfined 方式运行。',
    },
    command: ({ install }) => `${install(['apparmor'])} && systemctl restart apparmor {runtime}`,
    where: 'host',
    explains: ['container-init-failed', 'runtime-start-failed', 'api-unreachable'],
    clues: [
      anywhere(
        /docker-default profile could not be loaded.{0,160}?(?<what>apparmor_parser: [^"]{1,80}|exec: "apparmor_parser".{1,60}|AppArmor parser error.{1,80})/,
        { pods: 'all' },
      ),
      anywhere(
        /(?<what>apparmor failed to apply profile: [^"]{1,100}|apparmor: config provided but apparmor not supported|failed to generate apparmor spec opts: [^"]{1,80}|exec: "apparmor_parser": executable file not found)/,
        { pods: 'all' },
      ),
      anywhere(/(?<what>docker-default profile could not be loaded)/, { pods: 'all' }),
    ],
  },
  {
    id: 'selinux-denied',
    title: { en: 'SELinux denies access', zh: 'SELinux 拒绝访问' },
    cause: {
      en: 'SELinux denies containers or the kubelet access to files of this host: {what}.',
      zh: 'SELinux 拒绝容器或 kubelet 访问该主机的文件：{what}。',
    },
    remedy: {
      en: 'Set SELinux to permissive, also for the next boot (the command does), or install the runtime’s SELinux policy and restore the labels.',
      zh: '将 SELinux 设为 permissive，并在下次启动时保留（该命令会设置）；或安装容器运行时的 SELinux 策略并恢复标签。',
    },
    command: "setenforce 0; sed -i 's/^SELINUX=.*/SELINUX=permissive/' /etc/selinux/config",
    where: 'host',
    explains: ['container-init-failed', 'control-plane-timeout', 'api-unreachable'],
    clues: [
      anywhere(
        /(?<what>avc: +denied +\{[^}]{1,60}\}.{0,160}?(?:comm="?(?:kubelet|runc|etcd|kube-[\w-]{1,30}|containerd|dockerd)|container_t).{0,60})/,
        { unless: /permissive=1/, when: mayDeny },
      ),
      anywhere(
        /(?<what>cannot apply additional memory protection after relocation: Permission denied|open \/var\/lib\/etcd\/\S{1,60}: permission denied)/,
        { when: mayDeny },
      ),
    ],
  },
];
