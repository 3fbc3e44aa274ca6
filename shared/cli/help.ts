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
      optionDescription: (option) => withLocalValues(new Help().optionDescription(option), language),
      argumentDescription: (argument) => withLocalValues(new Help().argumentDescription(argument), language),
    });
}

/** Translates what commander adds to a description: `(choices: "a", "b", default: "a")`. */
function withLocalValues(description: string, language: Language): string {
  if (language === 'en') return description;
  return description.replace(/ \(((?:choices|default): .*)\)$/, (_, values: string) => {
    const local = values
      .replace(', default: ', '；默认：')
      .replace('default: ', '默认：')
      .replace('choices: ', '可选：');
    return `（${local}）`;
  });
}

function summaryFirst(command: Command, helper: Help): string {
  const [usage = '', summary = '', ...rest] = Help.prototype.formatHelp.call(helper, command, helper).split('\n\n');
  // A full-width colon needs no space after it.
  return [summary, usage.replace('： ', '：'), ...rest].join('\n\n');
}
