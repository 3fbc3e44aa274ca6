import { type Command, Help } from 'commander';
import stringWidth from 'string-width';
import type { Language, LocalText } from '../text/local-text.ts';

const titles: Readonly<Record<string, LocalText>> = {
  'Usage:': { en: 'Usage:', zh: '用法：' },
  'Arguments:': { en: 'Arguments:', zh: '参数：' },
  'Options:': { en: 'Options:', zh: '选项：' },
  'Commands:': { en: 'Commands:', zh: '命令：' },
};

/** Localises the help of a command and its subcommands; puts the summary first, like kubectl. */
export function localise(command: Command, language: Language): Command {
  const say = (text: LocalText) => text[language];
  return command
    .helpOption('-h, --help', say({ en: 'Show this help', zh: '显示此帮助' }))
    .helpCommand('help [command]', say({ en: 'Show the help of a command', zh: '显示命令的帮助' }))
    .configureHelp({
      displayWidth: stringWidth,
      formatHelp: summaryFirst,
      styleTitle: (title) => say(titles[title] ?? { en: title, zh: title }),
      optionDescription: (option) =>
        new Help()
          .optionDescription(option)
          .replace('(default: ', say({ en: '(default: ', zh: '(默认：' }))
          .replace('(choices: ', say({ en: '(choices: ', zh: '(可选：' })),
    });
}

function summaryFirst(command: Command, helper: Help): string {
  const [usage = '', summary = '', ...rest] = Help.prototype.formatHelp.call(helper, command, helper).split('\n\n');
  return [summary, usage, ...rest].join('\n\n');
}
