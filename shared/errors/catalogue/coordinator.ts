import { defineErrors } from '../definition.ts';
import { exitCode } from '../exit-codes.ts';

/** The coordinator process: socket, ports, certificates, database. */
export const coordinatorErrors = defineErrors({
  'coordinator-not-running': {
    exit: exitCode.unavailable,
    message: {
      en: 'the coordinator is not running (no answer on {socket})',
      zh: '协调器未运行（{socket} 无应答）',
    },
    remedy: 'systemctl status muster-coordinator',
  },
  'coordinator-hangs': {
    exit: exitCode.unavailable,
    message: {
      en: 'the coordinator accepts connections on {socket}, but does not answer',
      zh: '协调器在 {socket} 上接受连接，但无应答',
    },
    remedy: 'journalctl -u muster-coordinator -n 50',
  },
  'socket-forbidden': {
    exit: exitCode.notPermitted,
    message: { en: 'permission denied: {socket}', zh: '没有权限打开 {socket}' },
    remedy: { en: 'run the command with sudo', zh: '请使用 sudo 运行该命令' },
  },
  'already-running': {
    exit: exitCode.cannotCreate,
    message: {
      en: 'the coordinator is already running (it answers on {socket})',
      zh: '协调器已在运行（{socket} 有应答）',
    },
    remedy: 'systemctl stop muster-coordinator',
  },
  'listen-failed': {
    exit: exitCode.cannotCreate,
    message: { en: 'cannot listen on {where}: {reason}', zh: '无法监听 {where}：{reason}' },
    remedy: { en: 'to see which programs listen: ss -lntp', zh: '查看哪些程序正在监听：ss -lntp' },
  },
  'page-certificate': {
    exit: exitCode.badInput,
    message: {
      en: '{cert} and {key} are not a certificate and its private key: {reason}',
      zh: '{cert} 和 {key} 不是证书及其私钥：{reason}',
    },
    remedy: 'openssl x509 -noout -text -in {cert}',
  },
  'certificates-broken': {
    message: {
      en: '{seen}. Agents trust this key pair, so muster does not replace it',
      zh: '{seen}。代理信任该密钥对，因此 muster 不会替换它',
    },
    remedy: {
      en: 'restore {folder} from a backup, or remove both files of the pair and enrol every host again',
      zh: '从备份恢复 {folder}，或删除该密钥对的两个文件并重新接入所有主机',
    },
  },
  'database-too-new': {
    message: {
      en: 'the database has schema {found}; this version of muster supports {known}',
      zh: '数据库的结构版本为 {found}，而此版本的 muster 支持 {known}',
    },
    remedy: {
      en: 'install the version of muster that wrote it, or a later one',
      zh: '请安装写入该数据库的 muster 版本或更新的版本',
    },
  },
  'database-corrupt': {
    message: { en: '{path} is damaged: {reason}', zh: '{path} 已损坏：{reason}' },
    remedy: {
      en: 'restore the newest backup: ls -l /var/lib/muster/backups; then: sudo muster restore --replace --unencrypted FILE',
      zh: '恢复最新的备份：ls -l /var/lib/muster/backups；然后：sudo muster restore --replace --unencrypted FILE',
    },
  },
  'database-unusable': {
    message: { en: 'cannot use {path}: {reason}', zh: '无法使用 {path}：{reason}' },
    remedy: 'df -h {path}; findmnt -T {path}; ls -l {path}*',
  },
  'coordinator-restored': {
    status: 503,
    retryAfter: 10,
    message: {
      en: 'the database of the coordinator was restored from a backup and is not confirmed yet',
      zh: '协调器的数据库是从备份恢复的，尚未确认',
    },
    remedy: {
      en: 'on the coordinator: sudo muster recover --restored',
      zh: '在协调器上：sudo muster recover --restored',
    },
  },
  superseded: {
    message: {
      en: 'another coordinator has written the shared state since',
      zh: '另一个协调器已写入共享状态',
    },
  },
  'shared-file-incomplete': {
    message: {
      en: 'the shared state lacks parts of {name}; it is read again',
      zh: '共享状态缺少 {name} 的部分内容；将重新读取',
    },
  },
  'lease-lost': {
    message: {
      en: 'the Lease muster-coordinator was not renewed in time while the shared state was read or written',
      zh: '读取或写入共享状态期间未能及时为 Lease muster-coordinator 续约',
    },
  },
  'not-restored': {
    status: 409,
    message: {
      en: 'nothing to confirm: the database was not restored from a backup',
      zh: '无需确认：数据库不是从备份恢复的',
    },
  },
  'unexpected-answer': {
    status: 502,
    message: { en: 'unexpected answer from the coordinator: {seen}', zh: '协调器的应答不符合预期：{seen}' },
    remedy: '{fix}',
  },
});
