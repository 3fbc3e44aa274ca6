/** Values for the `{placeholders}` of a catalogue's texts; a list is shown with commas and becomes several words. */
export type Values = Readonly<Record<string, string | readonly string[]>>;

/** Names in braces in a text. */
export const placeholdersOf = (template: string): string[] =>
  [...template.matchAll(/(?<!\$)\{(\w+)\}/g)].map(([, name = '']) => name);

/** A placeholder without a value becomes upper case, as in a manual. */
export const fillText = (template: string, values: Values): string => fillWith(template, values, (text) => text, ', ');

/**
 * Fills a shell command that people paste. A value becomes a word only if it cannot be anything but an operand: no
 * character with a meaning to the shell, no leading dash, no `..`.
 */
export const fillCommand = (template: string, values: Values): string =>
  fillWith(template, values, (text) => (isOperand(text) ? text : ''), ' ');

/**
 * Fills a text that tells people what to do. A value is shown only if it is one plain word, such as a path, a name or a
 * version: a host must not add instructions of its own.
 */
export const fillInstruction = (template: string, values: Values): string =>
  fillWith(template, values, (text) => (/^[\w./:@%+=,~-]+$/.test(text) ? text : ''), ', ');

function fillWith(template: string, values: Values, word: (text: string) => string, separator: string): string {
  return template.replace(/(?<!\$)\{(\w+)\}/g, (_, name: string) => {
    const words = [values[name] ?? []].flat().map(word);
    return words.filter((text) => text !== '').join(separator) || name.toUpperCase();
  });
}

const isOperand = (text: string) => /^[\w./:@%+=,][\w./:@%+=,-]*$/.test(text) && !/(^|\/)\.\.(\/|$)/.test(text);
