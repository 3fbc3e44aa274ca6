import { describe, expect, it } from 'vitest';
import { hostText, machineIdText, withoutControls } from '../../../shared/protocol/text.ts';

const esc = '\u001b';

describe('withoutControls', () => {
  it.each([
    ['a colour', `${esc}[1;31mred${esc}[0m`, 'red'],
    ['a title ended by BEL', `${esc}]0;title\u0007text`, 'text'],
    ['a hyperlink ended by ST', `${esc}]8;;http://x${esc}\\link${esc}]8;;${esc}\\`, 'link'],
    ['a two-character escape', `a${esc}Mb`, 'ab'],
    ['a lone escape and other control characters', `a${esc}\u0000\u0008\u009bb`, 'ab'],
    ['a reversed order of reading', 'rm \u202e4pm.sh\u202c \u2066x\u2069', 'rm 4pm.sh x'],
    ['characters without width', 'node\u200b0\u2060\u00ad1\ufeff\u{e0041}', 'node01'],
    ['other ends of lines', 'a\u2028b\u2029c', 'abc'],
    ['the introducer of an unfinished sequence', `${esc}]0;never ended`, ']0;never ended'],
  ])('removes %s', (_, text, expected) => {
    expect(withoutControls(text)).toBe(expected);
  });

  it('keeps tab, newline and all scripts', () => {
    expect(withoutControls('交换空间\t\nß😀')).toBe('交换空间\t\nß😀');
  });

  it.each([
    ['unfinished OSC', `${esc}]`],
    ['unfinished CSI', `${esc}[`],
    ['unfinished CSI with parameters', `${esc}[1;`],
    ['escapes', esc],
    ['C1 introducers', '\u009d'],
  ])('takes linear time for a megabyte of %s', { timeout: 5000 }, (_, part) => {
    const clean = withoutControls(part.repeat(1024 ** 2 / part.length));
    expect(clean).not.toMatch(/\p{Cc}/u);
  });
});

describe('machineIdText', () => {
  it('keeps ids as Linux has them', () => {
    for (const id of ['3f2a9c01-7f43-4b6a-9d0e-0a5c1b2d3e4f', '4c4c4544003510528053b4c04f4e3332', 'boot-1'])
      expect(machineIdText.parse(id)).toBe(id);
  });

  it('keeps nothing that a shell or an option uses: it becomes part of a command', () => {
    for (const id of ['`reboot`', '$(halt)', ';reboot;', '--force', ' a b', "'x'", '\u001b]0;x\u0007', 'a\nb'])
      expect(machineIdText.parse(id)).toMatch(/^(\w[\w.:-]*)?$/);
    expect(machineIdText.parse(`--${'x'.repeat(100_000)}`)).toBe('x'.repeat(64));
  });
});

describe('hostText', () => {
  it('truncates before cleaning, so that a long hostile text costs no more than a short one', { timeout: 1000 }, () => {
    const text = hostText(64).parse(`${esc}]`.repeat(8_000_000));
    expect(text.length).toBeLessThanOrEqual(64);
  });

  it('ends a truncated text with an ellipsis', () => {
    expect(hostText(4).parse('abcdef')).toBe('abc…');
    expect(hostText(6).parse('abcdef')).toBe('abcdef');
  });
});
