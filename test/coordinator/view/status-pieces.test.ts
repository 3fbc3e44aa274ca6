import { expect, it } from 'vitest';
import { statusPieces } from '../../../coordinator/view/status-pieces.ts';
import { fleetPlan } from '../../web/fleet.ts';
import { start } from '../support.ts';

it('are together the JSON of the status, however many hosts there are', async () => {
  const coordinator = await start({ planText: fleetPlan(44) });
  const { body } = await coordinator.operator('/v1/status');
  for (const count of [0, 1, 20, 45]) {
    const status = { ...body, hosts: body.hosts.slice(0, count) };
    const pieces: string[] = [];
    for await (const piece of statusPieces(status)) pieces.push(piece);
    expect(JSON.parse(pieces.join(''))).toEqual(status);
    expect(pieces).toHaveLength(2 + Math.ceil(count / 20));
  }
  await coordinator.stop();
});
