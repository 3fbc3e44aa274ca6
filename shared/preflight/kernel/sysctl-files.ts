import { hostFiles } from '../../steps/content/files.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

const own = hostFiles.sysctls;

export const sysctlFiles: Check = {
  id: 'sysctl-files',
  group: 'kernel',
  level: 'warning',
  title: { en: 'No later file overrides muster’s kernel parameters', zh: '没有后加载的文件覆盖 muster 的内核参数' },
  reason: {
    en: 'Files are read by name and the last one wins: the node would fail after its next boot.',
    zh: '文件按名称顺序读取，以最后读取者为准：节点会在下次启动后失效。',
  },
  needed: { en: `no file after ${own} sets another value`, zh: `${own} 之后没有文件设置其他值` },
  remedy: {
    en: 'Remove the line from that file; until then muster resets the value after each boot',
    zh: '从该文件中删除此行；在此之前 muster 会在每次启动后重新设置',
  },
  command: "sudo sed -i '/{pattern}/s/^/#/' {path}",
  judge({ facts: { machine } }) {
    if (machine.sysctlFiles === null) return notLooked;
    const [first] = machine.sysctlFiles;
    if (first === undefined) return ok({ en: `no file overrides ${own}`, zh: `没有文件覆盖 ${own}` });
    const seen = machine.sysctlFiles.map(({ path, key, value }) => `${path}: ${key} = ${value}`).join('; ');
    return warning(verbatim(seen), {
      values: { pattern: first.key.replaceAll(/[./*]/g, '.'), path: first.path },
    });
  },
};
