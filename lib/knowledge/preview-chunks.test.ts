import { describe, expect, it } from 'vitest';
import { previewChunks } from './preview-chunks';

const paragraph = `${'word '.repeat(300)}\n\n`;
const code = `\`\`\`py\n${'x = 1\n\nAnother\n\n'.repeat(200)}\`\`\`\n\n`;
const list = '- a\n\n- b\n\n'.repeat(300);

describe('pieces of a long text', () => {
  it('are the text again when joined', () => {
    const text = (paragraph + code + list).repeat(5);
    expect(previewChunks(text).join('')).toBe(text);
  });
  it('are never cut inside code or a list', () => {
    expect(previewChunks(code)).toHaveLength(1);
    expect(previewChunks(list)).toHaveLength(1);
  });
  it('stay the same but for the one that is edited', () => {
    const text = paragraph.repeat(40);
    const before = previewChunks(text);
    const after = previewChunks(`${text.slice(0, 100)}!${text.slice(100)}`);
    expect(before.length).toBeGreaterThan(10);
    expect(after.slice(1)).toEqual(before.slice(1));
  });
});
