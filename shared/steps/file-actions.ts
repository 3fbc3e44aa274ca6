import type { LocalText } from '../text/local-text.ts';
import { type Action, edit, remove, write } from './action.ts';
import type { Change, Condition, Edit } from './change.ts';

export const conditions: Record<Condition, LocalText> = {
  selinux: { en: 'if the kernel has SELinux', zh: '如果内核启用了 SELinux' },
  'network-manager': { en: 'if NetworkManager is installed', zh: '如果安装了 NetworkManager' },
  'network-manager-running': { en: 'if NetworkManager is running', zh: '如果 NetworkManager 正在运行' },
  node: { en: 'if the host is a Node', zh: '如果该主机已是 Node' },
  'not-node': { en: 'unless the host is a Node', zh: '除非该主机已是 Node' },
  'api-proxy': { en: 'if the proxy to the API servers is installed', zh: '如果已安装 API 服务器代理' },
  keepalived: { en: 'if it exists', zh: '如果存在' },
  'before-api-proxy': {
    en: 'until the proxy to the API servers is installed, unless the host is a Node',
    zh: '在安装 API 服务器代理之前，除非该主机已是 Node',
  },
};
export const ifThere: LocalText = { en: 'if it exists', zh: '如果存在' };

const otherKeys: LocalText = {
  en: 'other keys and list items are kept, as is another log driver with its options',
  zh: '保留其他键和列表项；已使用其他日志驱动时，保留该驱动及其选项',
};
const otherLines: LocalText = { en: 'other lines are kept', zh: '保留其他行' };
const edits: { [T in Edit['type']]: (path: string, change: Extract<Edit, { type: T }>) => Action } = {
  'hosts-block': (path, { block }) =>
    edit(
      path,
      {
        en: 'other lines are kept; entries that give these names another address are commented out, a missing localhost is added',
        zh: '保留其他行；注释掉为这些名称指定其他地址的条目，缺少 localhost 时补上',
      },
      block,
    ),
  'comment-out-swap': (path) => edit(path, { en: 'swap lines are commented out', zh: '注释掉交换空间的行' }),
  'selinux-permissive': (path) => edit(path, { en: 'SELINUX=permissive', zh: 'SELINUX=permissive' }),
  'selinux-contexts': (path, { folders, label }) =>
    edit(path, otherLines, folders.map((folder) => `${folder}(/.*)?  ${label}`).join('\n')),
  'merge-json': (path, { value }) => edit(path, otherKeys, JSON.stringify(value, null, 2)),
  'containerd-config': (path, { content }) =>
    edit(
      path,
      {
        en: 'other settings are kept; runtimes that use runc get the systemd cgroup driver',
        zh: '保留其他设置；使用 runc 的运行时改用 systemd cgroup 驱动',
      },
      content,
    ),
  'registry-hosts': (path, { content }) =>
    edit(path, { en: 'hosts that the site lists are kept', zh: '保留已有的主机' }, content),
  variables: (path, { variables }) =>
    edit(
      path,
      otherLines,
      Object.entries(variables)
        .map(([name, value]) => `${name}=${value}`)
        .join('\n'),
    ),
  'pod-arguments': (path, { arguments: wanted }) =>
    edit(
      path,
      {
        en: 'if it exists; other arguments are kept, and the kubelet restarts the pod',
        zh: '如果存在；保留其他参数，kubelet 会重启该 Pod',
      },
      Object.entries(wanted)
        .map(([name, value]) => `--${name}=${value}`)
        .join('\n'),
    ),
};
const editAction = <T extends Edit['type']>(path: string, change: Extract<Edit, { type: T }>): Action =>
  edits[change.type as T](path, change);

export const both = (a: LocalText, b: LocalText | undefined): LocalText =>
  b === undefined ? a : { en: `${a.en}; ${b.en}`, zh: `${a.zh}；${b.zh}` };

export function fileActions({ path, when, note, ...change }: Change<'file'>): Action[] {
  const condition = note ?? (when && conditions[when]);
  if ('edit' in change) {
    const action = editAction(path, change.edit);
    return [{ ...action, note: both(action.note ?? otherLines, condition) }];
  }
  if (change.content === null) return [remove(path, both(ifThere, condition))];
  return [write(path, change.content, condition)];
}
