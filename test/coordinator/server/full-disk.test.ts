import { describe, expect, it } from 'vitest';
import { onSmallDisk } from '../../small-disk.ts';

describe('a coordinator whose disk is full', () => {
  it('answers 503 with Retry-After, shows it in the status, and loses nothing acknowledged', async () => {
    const result = await onSmallDisk(
      12_000,
      `import { mkdirSync } from 'node:fs';
      import { enrolled, start } from '#/test/coordinator/support.ts';
      mkdirSync('@/coordinator');
      const coordinator = await start({ folder: '@/coordinator' });
      const agent = await enrolled(coordinator, 'node01');
      const lines = (text) => ({ output: Array.from({ length: 200 }, () => ({ at: new Date().toISOString(), step: 'swap', text })) });
      const before = await agent.report(lines('before'));
      fill();
      let during;
      for (let count = 0; count < 50; count += 1) {
        during = await agent.report(lines('x'.repeat(1000)));
        if (during.status !== 204) break;
      }
      const notices = (await coordinator.operator('/v1/status')).body.notices;
      const target = await agent.target();
      free();
      const after = await agent.report(lines('after'));
      const later = (await coordinator.operator('/v1/status')).body.notices;
      const { body } = await coordinator.operator('/v1/hosts/node01/logs');
      const texts = [...new Set(body.lines.map(({ text }) => text.slice(0, 6)))];
      await coordinator.stop({ keep: true });
      console.log(JSON.stringify({
        before: before.status, during: during.status, retryAfter: during.headers['retry-after'], code: during.body?.code,
        notices: notices.map(({ code }) => code), target: target.status, after: after.status, later, texts,
      }));`,
    );
    expect(result).toMatchObject({
      before: 204,
      during: 503,
      retryAfter: '10',
      code: 'storage',
      notices: ['storage'],
      target: 200,
      after: 204,
      later: [],
    });
    expect(result.texts[0]).toBe('before');
    expect(result.texts.at(-1)).toBe('after');
  });
});
