/** A text field with an entry in each line, as a list without blanks and empty ones. */
export const toLines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const areLines = (text: string, most: number, longest: number) => {
  const lines = toLines(text);
  return lines.length <= most && lines.every((line) => line.length <= longest);
};
