import { aBulletin, createStepClock } from '@quakewire/testing';
import { createUsgsQuestions } from './usgs-questions.ts';

const small = aBulletin({ id: 'us1', ids: ['us1'], magnitude: 4 });
const large = aBulletin({ id: 'us2', ids: ['us2', 'at2'], magnitude: 6 });
const minuteMs = 60_000;

function create() {
  const clock = createStepClock();
  const questions = createUsgsQuestions(clock);
  questions.listed([small, large]);
  return { clock, questions };
}

describe('questions about what vanished', () => {
  it('ask nothing while everything is listed', () => {
    const { questions } = create();
    questions.listed([large, small]);
    expect(questions.next()).toBeUndefined();
  });

  it('begin with the largest, one by one', () => {
    const { questions } = create();
    questions.listed([]);
    expect([questions.next(), questions.next(), questions.next()]).toEqual([large, small, undefined]);
  });

  it('are asked again until the service cannot answer from its cache of 15 minutes any more, then never', async () => {
    const { clock, questions } = create();
    questions.listed([large]);
    const askedAfterMinutes: number[] = [];
    for (let minute = 0; minute < 120; minute++) {
      if (questions.next()) askedAfterMinutes.push(minute);
      questions.listed([large]);
      await clock.advance(minuteMs);
    }
    expect(askedAfterMinutes).toEqual([0, 1, 6, 22]);
  });

  it('end when they are settled, or the event is listed again under any id', async () => {
    const { clock, questions } = create();
    questions.listed([]);
    questions.next();
    questions.settled(large);
    questions.listed([{ ...small, id: 'us9', ids: ['us9', 'us1'] }]);
    await clock.advance(120 * minuteMs);
    expect(questions.next()).toBeUndefined();
  });

  it('are not asked about what was listed as deleted', () => {
    const { questions } = create();
    questions.listed([{ ...small, status: 'deleted' }, large]);
    questions.listed([large]);
    expect(questions.next()).toBeUndefined();
  });
});
