import { defineErrors } from '../definition.ts';
import { exitCode } from '../exit-codes.ts';

const installAgain = {
  en: 'run the install command again; sudo muster token create HOST prints it on the coordinator',
  zh: '请重新运行安装命令；在协调器上用 sudo muster token create HOST 打印该命令',
} as const;

/** The installed agent: files, connection to the coordinator, uninstallation. */
export const agentErrors = defineErrors({
  'not-installed': {
    exit: exitCode.usage,
    message: {
      en: 'the agent is not installed completely: {path} does not exist',
      zh: '代理未完整安装：{path} 不存在',
    },
    remedy: installAgain,
  },
  'config-invalid': {
    exit: exitCode.badInput,
    message: { en: 'cannot use {path}: {reason}', zh: '无法使用 {path}：{reason}' },
    remedy: installAgain,
  },
  'untrusted-coordinator': {
    status: 495,
    exit: exitCode.notPermitted,
    message: {
      en: '{url} does not present the certificate of this host’s coordinator ({reason})',
      zh: '{url} 出示的不是该主机的协调器证书（{reason}）',
    },
    remedy: {
      en: 'if the coordinator was reinstalled, run a new install command on this host: sudo muster token create HOST',
      zh: '若重新安装过协调器，请在该主机上运行新的安装命令：sudo muster token create HOST',
    },
  },
  unreachable: {
    status: 503,
    exit: exitCode.unavailable,
    message: {
      en: 'the coordinator at {url} does not answer ({reason})',
      zh: '位于 {url} 的协调器无应答（{reason}）',
    },
    remedy: {
      en: 'on the coordinator: systemctl status muster-coordinator; its port must be open to this host',
      zh: '在协调器上：systemctl status muster-coordinator；其端口必须对该主机开放',
    },
  },
  'coordinator-behind': {
    status: 503,
    exit: exitCode.unavailable,
    message: {
      en: 'the coordinator at {url} has revision {own}, this host has seen {seen}: another coordinator is active, or its database was restored from a backup',
      zh: '位于 {url} 的协调器的修订号为 {own}，该主机已见过 {seen}：另一个协调器处于活动状态，或其数据库由备份恢复',
    },
    remedy: {
      en: 'no action needed with several coordinators; otherwise on the coordinator: sudo muster recover --restored',
      zh: '有多个协调器时无需操作；否则在协调器上：sudo muster recover --restored',
    },
  },
  'disk-full': {
    status: 503,
    message: { en: 'cannot write {path}: no space left on the disk', zh: '无法写入 {path}：磁盘空间不足' },
    remedy: {
      en: 'free space on this host: df -h {folder}; df -i {folder}; journalctl --vacuum-size=200M',
      zh: '请在该主机上释放空间：df -h {folder}; df -i {folder}; journalctl --vacuum-size=200M',
    },
  },
  'quota-exceeded': {
    status: 503,
    message: { en: 'cannot write {path}: the disk quota is exceeded', zh: '无法写入 {path}：超出磁盘配额' },
    remedy: { en: 'raise the quota of {folder}', zh: '请提高 {folder} 的配额' },
  },
  'disk-read-only': {
    status: 503,
    message: { en: 'cannot write {path}: the file system is read-only', zh: '无法写入 {path}：文件系统为只读' },
    remedy: {
      en: 'find the cause: dmesg | tail -n 30; findmnt -T {folder}; then: mount -o remount,rw MOUNT',
      zh: '请查明原因：dmesg | tail -n 30; findmnt -T {folder}；然后：mount -o remount,rw MOUNT',
    },
  },
  'file-locked': {
    status: 503,
    message: {
      en: 'cannot change {path}: it or its folder is immutable or append-only',
      zh: '无法更改 {path}：该文件或其目录不可更改（immutable）或只能追加',
    },
    remedy: {
      en: 'sudo chattr -i -a {folder} {path}; the step continues automatically',
      zh: 'sudo chattr -i -a {folder} {path}；该步骤会自动继续',
    },
  },
  'file-misplaced': {
    status: 503,
    message: {
      en: 'cannot write {path}: a directory is in its place, or a file is in place of its directory',
      zh: '无法写入 {path}：该路径被目录占据，或其上级目录被文件占据',
    },
    remedy: {
      en: 'ls -ld {folder} {path} shows which; move it away, and the step continues automatically',
      zh: 'ls -ld {folder} {path} 会显示是哪一个；将其移走后，该步骤会自动继续',
    },
  },
  'disk-broken': {
    status: 503,
    message: { en: 'cannot write {path}: input/output error', zh: '无法写入 {path}：输入/输出错误' },
    remedy: 'dmesg | tail -n 30',
  },
  'prior-unreadable': {
    message: { en: 'cannot read {path}: {reason}', zh: '无法读取 {path}：{reason}' },
    remedy: {
      en: 'undo manually what {path} lists, then: mv {path} {path}.done',
      zh: '请手动撤销 {path} 中列出的更改，然后运行：mv {path} {path}.done',
    },
  },
  'not-all-back': {
    message: {
      en: '{count} of muster’s changes could not be reverted',
      zh: 'muster 所作的更改中有 {count} 项未能撤销',
    },
    remedy: {
      en: 'correct what is listed above and run the command again; it continues where it stopped',
      zh: '请处理上面列出的问题后重新运行该命令，它会从中断处继续',
    },
  },
  'still-at-work': {
    message: {
      en: 'muster-{step}.service is still running on this host; waiting for it to end',
      zh: '该主机上的 muster-{step}.service 仍在运行，正在等待其结束',
    },
  },
  'systemd-unreachable': {
    message: {
      en: 'systemctl show {unit} failed: {reason}',
      zh: 'systemctl show {unit} 失败：{reason}',
    },
    remedy: {
      en: 'check that systemd runs as PID 1: systemctl is-system-running',
      zh: '请检查 systemd 是否作为 PID 1 运行：systemctl is-system-running',
    },
  },
  'unit-not-started': {
    message: { en: 'systemd could not start {program}: {reason}', zh: 'systemd 无法启动 {program}：{reason}' },
    remedy: 'journalctl -u {unit} -n 50',
  },
  'update-impossible': {
    message: {
      en: 'this agent was not installed from a signed release',
      zh: '该代理不是从已签名的发布包安装的',
    },
    remedy: installAgain,
  },
  'update-unsigned': {
    message: {
      en: 'the release is not signed with the key that this agent was installed with',
      zh: '该发布包未使用安装此代理时的密钥签名',
    },
    remedy: {
      en: 'to trust another release key, run the install command on this host: sudo muster token create HOST',
      zh: '若要信任另一个发布密钥，请在该主机上运行安装命令：sudo muster token create HOST',
    },
  },
  'update-mismatch': {
    message: {
      en: 'the release does not match its signed description: {seen}',
      zh: '发布包与其签名的描述不符：{seen}',
    },
    remedy: {
      en: 'run setup.sh of the release on the coordinator again',
      zh: '请在协调器上重新运行发布包中的 setup.sh',
    },
  },
  'update-unpack': {
    message: { en: 'cannot unpack {file}: {reason}', zh: '无法解压 {file}：{reason}' },
    remedy: 'df -h {folder}',
  },
  'update-downgrade': {
    message: {
      en: 'release {offered} is not newer than this agent ({own})',
      zh: '发布版本 {offered} 不比此代理（{own}）新',
    },
    remedy: {
      en: 'to downgrade, run the install command on this host: sudo muster token create HOST',
      zh: '若要降级，请在该主机上运行安装命令：sudo muster token create HOST',
    },
  },
});
