import { describe, expect, it } from 'vitest';
import { blame } from './blame';
import { entryContentSchema } from './entry-schema';

const FIRST = { title: 'First', steps: 'one' };
const SECOND = { title: 'Second', steps: 'two' };
/** Given oldest first. */
const of = (...contents: object[]) =>
  blame(
    contents
      .map((fields, at) => ({ revision: at + 1, content: entryContentSchema.parse({ title: 'T', ...fields }) }))
      .reverse(),
  );

describe('blame', () => {
  it('names the revision that last changed a field', () => {
    const { fields } = of({ symptoms: 'a' }, { symptoms: 'b' }, { symptoms: 'b', root_cause: 'c' });
    expect(fields).toEqual([
      { field: 'title', revision: 1 },
      { field: 'symptoms', revision: 2 },
      { field: 'root_cause', revision: 3 },
    ]);
  });

  it('does not reach over a revision that said something else', () => {
    expect(of({ symptoms: 'a' }, { symptoms: 'b' }, { symptoms: 'a' }).fields[1]).toEqual({
      field: 'symptoms',
      revision: 3,
    });
  });

  it('follows a solution that was moved', () => {
    expect(of({ solutions: [FIRST] }, { solutions: [SECOND, FIRST] }).solutions).toEqual([2, 1]);
  });

  it('leaves out what is empty', () => {
    expect(of({ symptoms: 'a' }, {}).fields.map(({ field }) => field)).toEqual(['title']);
  });
});
