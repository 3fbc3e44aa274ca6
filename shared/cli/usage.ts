import { MusterError } from '../errors/errors.ts';
import { formats } from '../errors/formats.ts';
import { didYouMean } from '../plan/suggestion.ts';
import type { LocalText } from '../text/local-text.ts';

/** Maps commander's error code to a MusterError. Names and values are only in commander's message. */
export function usageError(code: string, message: string, help: string): MusterError {
  const name = /'(.*)'/s.exec(message)?.[1] ?? '';
  switch (code) {
    case 'commander.unknownCommand':
      return new MusterError('command-unknown', { name, hint: hintIn(message), help });
    case 'commander.unknownOption':
      return new MusterError('option-unknown', { name, hint: hintIn(message), help });
    case 'commander.missingArgument':
      return new MusterError('argument-missing', { name, help });
    case 'commander.optionMissingArgument':
      return new MusterError('option-value-missing', { name, help });
    case 'commander.excessArguments':
      return new MusterError('arguments-excess', { given: /but got \d+: (.*)\.$/s.exec(message)?.[1] ?? '', help });
    case 'commander.conflictingOption':
      return new MusterError('options-conflict', { ...bothOf(message), help });
    case 'commander.invalidArgument':
      return invalidValue(message, help);
    default:
      return new MusterError('usage', { seen: message });
  }
}

function bothOf(message: string): { name: string; other: string } {
  const [name = '', other = ''] = [...message.matchAll(/'(.*?)'/g)].map(([, option = '']) => option);
  return { name, other };
}

const invalidOption = /option '(?<name>.*?)' argument '(?<given>.*)' is invalid\. (?<needed>.*)$/s;
const invalidArgument = /value '(?<given>.*)' is invalid for argument '(?<name>.*?)'\. (?<needed>.*)$/s;

function invalidValue(message: string, help: string): MusterError {
  const match = invalidOption.exec(message) ?? invalidArgument.exec(message);
  const { name = '', given = '', needed = '' } = match?.groups ?? {};
  return new MusterError('value-invalid', { name, given, needed: neededBy(needed), help });
}

/** The allowed choices, or the format named by the value's parser. */
function neededBy(rest: string): LocalText | string[] {
  const choices = /^Allowed choices are (.*)\.$/s.exec(rest)?.[1];
  return choices?.split(', ') ?? formats[rest] ?? [rest];
}

function hintIn(message: string): LocalText | string {
  const meant = /\(Did you mean (?:one of )?(.*)\?\)$/s.exec(message)?.[1];
  if (meant === undefined) return '';
  const { en, zh } = didYouMean(meant);
  return { en: `; ${en}`, zh: `；${zh}` };
}
