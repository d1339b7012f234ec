import { expect, it } from 'vitest';
import { entryContentSchema } from './entry-schema';
import { tidyContent } from './tidy-content';

const content = entryContentSchema.parse({ title: 'T' });

it('drops rows nobody filled in and keeps Markdown as typed', () => {
  const tidy = tidyContent({
    ...content,
    title: ' T ',
    tags: ['a', ' a', ''],
    symptoms: '  kept  \n',
    solutions: [
      { title: ' ', steps: '\n' },
      { title: '', steps: ' x ' },
    ],
    prevention: [
      { text: ' ', done: true },
      { text: 'p', done: false, owner: ' ', link: ' l ' },
    ],
    signatures: [
      { kind: 'type', value: '' },
      { kind: 'message', value: ' m ' },
    ],
  });
  expect(tidy).toMatchObject({
    title: 'T',
    tags: ['a'],
    symptoms: '  kept  \n',
    solutions: [{ title: '', steps: ' x ' }],
    prevention: [{ text: 'p', done: false, link: 'l' }],
    signatures: [{ kind: 'message', value: ' m ' }],
  });
});

it('makes what the schema accepts and changes nothing the second time', () => {
  const once = tidyContent({ ...content, prevention: [{ text: 'p', done: false, owner: null, link: null }] });
  expect(entryContentSchema.parse(once)).toEqual(once);
  expect(tidyContent(once)).toEqual(once);
});
