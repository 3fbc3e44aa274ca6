import { describe, expect, it } from 'vitest';
import { convertDeb822, convertList } from './sources.ts';

const source = { codename: 'bookworm', suite: 'bookworm', types: ['deb', 'deb-src'] } as const;

describe('a .sources file', () => {
  it('gets the wanted types and keeps everything else of Debian’s own stanzas', () => {
    const text = `# the archive
Types: deb
# a comment in between
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;
    expect(convertDeb822(text, source)).toBe(`Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`);
  });

  it('can name another release of the same mirrors, and unstable without updates', () => {
    const text =
      'Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\n';
    expect(convertDeb822(text, { ...source, suite: 'trixie' })).toContain('Suites: trixie trixie-updates\n');
    expect(convertDeb822(text, { ...source, suite: 'sid' })).toContain('Suites: sid\n');
    expect(convertDeb822(text.replace('bookworm ', ''), { ...source, suite: 'sid' })).toBe('');
  });

  it('keeps values that span several lines', () => {
    const text = 'Types: deb\nURIs: http://mirror.example/debian\nSuites:\n bookworm\nComponents: main\n';
    expect(convertDeb822(text, source)).toContain('Suites: bookworm\n');
  });

  it('leaves out third-party, disabled and source-only stanzas', () => {
    const stanza = (lines: string) => `URIs: http://mirror.example/\n${lines}\n\n`;
    const text =
      stanza('Types: deb\nSuites: bookworm\nComponents: stable') +
      stanza('Types: deb\nSuites: nodistro\nComponents: main') +
      stanza('Types: deb\nSuites: bookworm\nComponents: main\nEnabled: no') +
      stanza('Types: deb-src\nSuites: bookworm\nComponents: main');
    expect(convertDeb822(text, source)).toBe('');
  });
});

describe('a .list file', () => {
  it('gets a line for each wanted type, with its options', () => {
    const text =
      'deb [signed-by=/k.gpg arch=amd64] http://mirror.example/debian bookworm main # ours\n' +
      'deb http://mirror.example/debian-security bookworm-security main\n';
    expect(convertList(text, { ...source, types: ['deb-src'] })).toBe(
      'deb-src [signed-by=/k.gpg arch=amd64] http://mirror.example/debian bookworm main\n' +
        'deb-src http://mirror.example/debian-security bookworm-security main\n',
    );
  });

  it('can name another release of the same mirrors, and unstable without security fixes', () => {
    const text =
      'deb [arch=amd64] http://mirror.example/debian bookworm main\n' +
      'deb http://mirror.example/debian-security bookworm-security main\n';
    const other = (suite: string) => convertList(text, { codename: 'bookworm', suite, types: ['deb'] });
    expect(other('bullseye')).toBe(text.replaceAll('bookworm', 'bullseye'));
    expect(other('sid')).toBe('deb [arch=amd64] http://mirror.example/debian sid main\n');
  });

  it('leaves out comments, other releases and third parties', () => {
    const text =
      '# deb http://mirror.example/debian bookworm main\n' +
      'deb http://mirror.example/debian bullseye main\n' +
      'deb http://docker.example bookworm stable\n' +
      'deb-src http://mirror.example/debian bookworm main\n';
    expect(convertList(text, source)).toBe('');
  });
});
