import { EditorView } from '@uiw/react-codemirror';
import { api } from '@/lib/http/client';
import { IMAGE_LIMIT } from '@/lib/knowledge/image-type';
import { asCodeBlock, looksLikeLog } from '@/lib/knowledge/pasted-text';
import { toastError } from '../ui/toast';

/** Pictures that are pasted or dropped are uploaded and referred to; output of a program becomes a code block. */
export const pasteHandling = () =>
  EditorView.domEventHandlers({
    paste: (event, view) => takeFiles(event, view, event.clipboardData) || takeLog(event, view),
    drop: (event, view) => takeFiles(event, view, event.dataTransfer),
  });

function takeFiles(event: Event, view: EditorView, data: DataTransfer | null): boolean {
  const pictures = [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'));
  if (pictures.length === 0) return false;
  event.preventDefault();
  for (const picture of pictures) void insertPicture(view, picture);
  return true;
}

/** Uploads a picture; a line holds its place until it is there. */
export async function insertPicture(view: EditorView, picture: File): Promise<void> {
  if (picture.size > IMAGE_LIMIT) {
    toastError(new Error(`A picture may have 5 MB; this one has ${Math.ceil(picture.size / 1024 / 1024)} MB.`));
    return;
  }
  const name =
    picture.name
      .replace(/\.\w+$/, '')
      .replace(/[[\]\n]/g, ' ')
      .trim() || 'picture';
  const place = `![Uploading ${name} ${counter++}…]()`;
  insertBlock(view, place);
  const replace = (text: string) => {
    const at = view.state.doc.toString().indexOf(place);
    if (at >= 0) view.dispatch({ changes: { from: at, to: at + place.length, insert: text } });
  };
  try {
    const { url } = await upload(picture);
    replace(`![${name}](${url})`);
  } catch (error) {
    replace('');
    toastError(error, 'The picture could not be kept');
  }
}

let counter = 1;

async function upload(picture: File): Promise<{ url: string }> {
  const form = new FormData();
  form.set('file', picture);
  return api.post<{ url: string }>('/api/v1/knowledge/images', form);
}

function takeLog(event: ClipboardEvent, view: EditorView): boolean {
  const text = event.clipboardData?.getData('text/plain').replaceAll('\r\n', '\n') ?? '';
  if (!looksLikeLog(text) || isInCode(view)) return false;
  event.preventDefault();
  insertBlock(view, asCodeBlock(text));
  return true;
}

/** Whether an odd number of fences stands before the cursor. */
function isInCode(view: EditorView): boolean {
  let open = false;
  for (const line of view.state.doc.iterLines(1, view.state.doc.lineAt(view.state.selection.main.from).number))
    if (/^ {0,3}(?:```|~~~)/.test(line)) open = !open;
  return open;
}

/** Inserts text as lines of their own, and leaves the cursor after them. */
export function insertBlock(view: EditorView, text: string, cursorAt = text.length): void {
  const { from, to } = view.state.selection.main;
  const before = view.state.doc.lineAt(from);
  const lead = from === before.from ? '' : '\n\n';
  const tail = to === view.state.doc.lineAt(to).to ? '\n' : '\n\n';
  view.dispatch({
    changes: { from, to, insert: lead + text + tail },
    selection: { anchor: from + lead.length + cursorAt },
    scrollIntoView: true,
  });
  view.focus();
}
