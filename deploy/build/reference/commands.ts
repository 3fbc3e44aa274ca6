import type { Command } from 'commander';
import { createProgram } from '../../../coordinator/cli/program.ts';
import { exitCode, exitMeaning } from '../../../shared/errors/exit-codes.ts';
import type { Language } from '../../../shared/text/local-text.ts';

const words = {
  title: { en: 'The command line', zh: '命令行' },
  about: {
    en: `Made by \`npm run reference\` from the commands themselves. \`muster\` speaks the locale's language (\`LC_ALL\`, \`LC_MESSAGES\`, \`LANG\`), or that of
\`--lang en\` or \`--lang zh\`, which may stand anywhere. Colours go to a terminal only, and not with \`NO_COLOR\`.`,
    zh: `由 \`npm run reference\` 根据命令本身生成。\`muster\` 使用系统区域的语言（\`LC_ALL\`、\`LC_MESSAGES\`、\`LANG\`），或由可放在任意位置的
\`--lang en\`、\`--lang zh\` 指定。颜色只输出到终端，设置 \`NO_COLOR\` 时不输出。`,
  },
  json: {
    en: '`--json` prints what [openapi.json](openapi.json) describes under the name that the option tells. Its fields stay; new ones may come.',
    zh: '`--json` 输出的内容见 [openapi.json](openapi.json) 中该选项所示名称的描述。已有字段保持不变，可能增加新字段。',
  },
  exits: { en: 'Exit codes', zh: '退出码' },
  code: { en: 'code', zh: '退出码' },
  meaning: { en: 'meaning', zh: '含义' },
};

/** docs/reference/cli.md, in one language. */
export function commandReference(language: Language): string {
  const write = () => true;
  const program = createProgram({ stdout: { write }, stderr: { write }, env: {}, language });
  const exits = (Object.keys(exitCode) as (keyof typeof exitCode)[]).map(
    (name) => `| ${exitCode[name]} | ${exitMeaning[name][language]} |`,
  );
  return `${[
    `# ${words.title[language]}`,
    words.about[language],
    words.json[language],
    ...leavesOf(program).map((command) => section(command)),
    `## ${words.exits[language]}`,
    [`| ${words.code[language]} | ${words.meaning[language]} |`, '|---|---|', ...exits].join('\n'),
  ].join('\n\n')}\n`;
}

/** The program itself and every command with an action, in the order of the help. */
function leavesOf(command: Command): Command[] {
  const subs = command.createHelp().visibleCommands(command);
  const own = subs.filter((sub) => sub.name() !== 'help');
  const isGroup = own.length > 0 && command.parent !== null;
  return [...(isGroup ? [] : [command]), ...own.flatMap(leavesOf)];
}

function section(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => 110 });
  command.outputHelp();
  return `## ${nameOf(command)}\n\n\`\`\`text\n${help.trimEnd()}\n\`\`\``;
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}
