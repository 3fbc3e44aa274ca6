import type { Facts } from '../../protocol/facts.ts';
import { type Check, error, notLooked, ok, warning } from '../check.ts';

export const lockedFiles: Check = {
  id: 'locked-files',
  group: 'storage',
  level: 'error',
  depends: {
    en: 'Warning on an existing node, where only the step that changes the file fails.',
    zh: '现有节点为警告，只有更改该文件的步骤会失败。',
  },
  title: { en: 'Files that muster changes can be changed', zh: 'muster 要更改的文件可以更改' },
  reason: {
    en: 'An immutable file (chattr +i), one on a read-only file system, or a directory in its place makes its step fail.',
    zh: '不可更改的文件（chattr +i）、位于只读文件系统上的文件，或占据其路径的目录，会使其步骤失败。',
  },
  needed: {
    en: 'no attribute i or a on files that steps are going to change, nor on their folders',
    zh: '步骤将要更改的文件及其目录没有 i 或 a 属性',
  },
  remedy: {
    en: 'Remove the attribute; set it again once the host is a node, if it has to be set',
    zh: '去除该属性；如有必要，待主机成为节点后再重新设置',
  },
  command: 'sudo chattr -i -a {paths}',
  cases: {
    misplaced: {
      needed: {
        en: 'a file or nothing at this path, and a directory above it',
        zh: '该路径上是文件或不存在，其上级是目录',
      },
      remedy: {
        en: 'Move it away; docker creates a directory for a missing file that a container mounts',
        zh: '将其移走；若容器挂载的文件不存在，docker 会创建目录',
      },
      command: 'for path in {paths}; do sudo mv "$path" "$path.old"; done',
    },
    'read-only': {
      needed: { en: 'a writable file system', zh: '可写的文件系统' },
      remedy: { en: 'Mount that file system read-write', zh: '以读写方式挂载该文件系统' },
      command: 'for path in {paths}; do sudo mount -o remount,rw "$(findmnt -nro TARGET -T "$path")"; done',
    },
  },
  judge({ facts: { storage }, assignment, owns }) {
    if (assignment === null) return null;
    if (storage.lockedFiles === null) return notLooked;
    const [first] = storage.lockedFiles;
    if (first === undefined) return ok({ en: 'no locked file or folder', zh: '没有被锁定的文件或目录' });
    const kind = kindOf(first);
    const paths = storage.lockedFiles.filter((one) => kindOf(one) === kind).map(({ path }) => path);
    const list = storage.lockedFiles.map(({ path, lock }) => `${path} (${lock})`);
    const seen = { en: list.join(', '), zh: list.join('、') };
    return (owns ? warning : error)(seen, { values: { paths }, ...(kind === 'attribute' ? {} : { case: kind }) });
  },
};

/** Each kind has a remedy of its own. */
function kindOf({ lock }: NonNullable<Facts['storage']['lockedFiles']>[number]) {
  if (lock === 'directory' || lock === 'no-directory') return 'misplaced';
  return lock === 'read-only' ? lock : 'attribute';
}
