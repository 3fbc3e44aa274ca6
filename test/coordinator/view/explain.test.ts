import { describe, expect, it } from 'vitest';
import { type Explained, explain } from '../../../coordinator/view/explain.ts';
import { verbatim } from '../../../shared/text/local-text.ts';
import { plannedHost } from '../web/sample.ts';

const now = new Date('2026-11-22T12:05:00Z');
const since = '2026-11-22T12:00:00Z';
const failed = {
  ...{ id: 'images' as const, title: 'Pull the images', state: 'failed' as const, startedAt: since, endedAt: since },
  ...{ attempts: 2, message: 'no route to host', remedy: '' },
};
const diagnosis: NonNullable<Explained['diagnosis']> = {
  id: 'registry-unreachable',
  step: 'images',
  since,
  title: { en: 'The image registry does not answer', zh: '镜像仓库无法访问' },
  cause: { en: 'It is blocked.', zh: '它被阻断。' },
  remedy: { en: 'Use a mirror.', zh: '请使用镜像源。' },
  command: 'curl -sSI http://registry/v2/',
  where: 'host',
  evidence: [],
  automatic: { text: { en: 'tries again', zh: '重试' }, triesLeft: 2 },
};

function say(more: Partial<Explained>): { en: string; zh: string } {
  const { explanation: _, ...host } = plannedHost('node02', '192.168.0.132');
  return explain({ ...host, enrolledAt: since, lastContactAt: since, ...more }, now);
}

describe('the explanation of a host', () => {
  it('gives the activity, its duration, its cause, what happens next and the fix', () => {
    const { en, zh } = say({ phase: 'failed', steps: [failed], diagnosis });
    expect(en).toBe(
      'node02 has a failed step, at step 1 of 15 (Pull the images of this node), for 5 min. ' +
        'Cause: The image registry does not answer. It is blocked. ' +
        'Next: muster tries again (2 more attempts follow if that fails). ' +
        'Fix: Use a mirror. Run on node02: curl -sSI http://registry/v2/',
    );
    for (const part of ['5 分', '镜像仓库无法访问', '它被阻断', '2 次', 'curl -sSI']) expect(zh).toContain(part);
    expect(zh).not.toMatch(/Cause|Next|Fix/);
  });

  it('gives the step’s own message when there is no diagnosis', () => {
    expect(say({ phase: 'failed', steps: [failed] }).en).toContain('Message: no route to host.');
  });

  it('of a blocked host gives each blocking finding with its remedy', () => {
    const text = { en: 'port 10250 is taken', zh: '端口 10250 被占用' };
    const finding = {
      ...{ id: 'port-10250', level: 'error' as const, seen: text, needed: { en: 'a free port', zh: '空闲端口' } },
      ...{ remedy: { en: 'stop it', zh: '停止它' }, command: 'systemctl stop k3s', mends: false, lowered: null },
    };
    const { en, zh } = say({ phase: 'blocked', findings: [finding] });
    expect(en).toContain('port 10250 is taken; required: a free port)');
    expect(en).toContain('stop it');
    expect(zh).toContain('端口 10250 被占用');
  });

  it('of a Ready host is short, and requests nothing', () => {
    expect(say({ phase: 'ready', diagnosis }).en).toBe(
      'node02 is a Ready node of the cluster. Next: muster keeps monitoring it.',
    );
  });

  it('mentions a wrong clock in every phase', () => {
    expect(say({ phase: 'ready', clockSkewSeconds: 600 }).en).toContain(
      'Its clock is 10 min ahead of the coordinator’s',
    );
    expect(say({ phase: 'ready', clockSkewSeconds: 2 }).en).not.toContain('clock');
  });

  it('of a silent host gives the duration, and where to look', () => {
    const { en } = say({ phase: 'silent', remedy: verbatim('on node02: systemctl status muster-agent') });
    expect(en).toContain('has been silent for 5 min');
    expect(en).toContain('systemctl status muster-agent');
  });

  it('ends with the command where the remedy is one, for copying', () => {
    const remedy = verbatim('muster token create --workers');
    const { en, zh } = say({ phase: 'planned', enrolledAt: null, lastContactAt: null, remedy });
    for (const text of [en, zh]) expect(text.endsWith(remedy.en)).toBe(true);
  });
});
