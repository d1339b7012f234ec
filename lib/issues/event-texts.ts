/** Columns of `event` that hold the texts whose template an issue shows. */
export const TEXT_COLUMNS = `data->>'message' AS message,
  ARRAY(SELECT left(x->>'value', 4096) FROM json_array_elements(data->'exceptions') AS x WHERE x->>'value' IS NOT NULL) AS texts`;

export interface TextColumns {
  message: string | null;
  texts: string[];
}

/** The raised exception's first, then those behind it, then the message. */
export const textsOf = ({ message, texts }: TextColumns): string[] => [
  ...texts.toReversed(),
  ...(message ? [message] : []),
];
