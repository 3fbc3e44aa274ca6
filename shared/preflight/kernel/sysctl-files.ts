import { hostFiles } from '../../steps/content/files.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const sysctlFiles: Check = {
  id: 'sysctl-files',
  group: 'kernel',
  level: 'warning',
  title: { en: 'No later file overrules the kernel parameters', zh: '没有后加载的文件覆盖内核参数' },
  reason: {
    en: 'Files are read by name, and the last one wins: the node would work until its next boot.',
    zh: '文件按名称依次读取，后者生效：节点会在下次启动后失效。',
  },
  needed: {
    en: `no file read after ${hostFiles.sysctls} sets another value`,
    zh: `在 ${hostFiles.sysctls} 之后读取的文件均未设置其他值`,
  },
  remedy: {
    en: 'Take the line out of that file; until then muster sets it back each time',
    zh: '从该文件中删除这一行；在此之前 muster 每次都会改回',
  },
  command: '',
  judge({ facts: { machine } }) {
    if (machine.sysctlFiles === null) return notLooked;
    const [first] = machine.sysctlFiles;
    if (first === undefined) return ok({ en: 'none does', zh: '没有' });
    const seen = machine.sysctlFiles.map(({ path, key, value }) => `${path}: ${key} = ${value}`).join('; ');
    return warning(verbatim(seen), {
      command: `sudo sed -i '/${first.key.replaceAll('.', '[./]')}/s/^/#/' ${first.path}`,
    });
  },
};
