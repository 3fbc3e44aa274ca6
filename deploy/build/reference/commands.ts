import type { Command } from 'commander';
import { createProgram as agentProgram } from '../../../agent/commands.ts';
import { createProgram } from '../../../coordinator/cli/program.ts';
import { exitCode, exitMeaning } from '../../../shared/errors/exit-codes.ts';
import type { Language } from '../../../shared/text/local-text.ts';

const words = {
  title: { en: 'The command line', zh: '命令行' },
  about: {
    en: `Generated from the commands: \`npm run reference\`. Both programs print in the language of the locale (\`LC_ALL\`, \`LC_MESSAGES\`, \`LANG\`);
\`muster --lang en\` and \`--lang zh\` override it, anywhere on the command line. Colours are printed on a terminal only, and not if \`NO_COLOR\` is set.`,
    zh: `由命令本身生成：\`npm run reference\`。两个程序都使用系统区域设置的语言（\`LC_ALL\`、\`LC_MESSAGES\`、\`LANG\`）；\`muster\` 的 \`--lang en\` 或
\`--lang zh\` 优先，可放在命令行的任意位置。颜色只输出到终端，设置 \`NO_COLOR\` 时不输出。`,
  },
  json: {
    en: 'The help of `--json` names the schema of its output in [openapi.json](openapi.json). Existing fields stay; later versions may add fields.',
    zh: '`--json` 的说明中给出其输出在 [openapi.json](openapi.json) 中的模式名称。已有字段保持不变，后续版本可能增加字段。',
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
    ...[program, agentProgram(language)].flatMap(leavesOf).map((command) => section(command)),
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
