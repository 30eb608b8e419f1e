import { TextArea } from '../../components/Field';
import { Markdown } from '../../markdown/Markdown';
import { useAdminTexts } from '../texts';

/** A text in Markdown, with what will be read of it. */
export function MarkdownField({
  label,
  value,
  error,
  onChange,
}: {
  label: string;
  value: string;
  error?: string;
  onChange: (value: string) => void;
}) {
  const say = useAdminTexts();
  return (
    <>
      <h2 className="kern-heading-medium">{label}</h2>
      <TextArea
        label={label}
        isOptional
        hint={say('markdownHint')}
        rows={8}
        value={value}
        error={error}
        onChange={(event) => onChange(event.target.value)}
      />
      {value.trim() && (
        <details className="kern-body">
          <summary>{say('preview', label)}</summary>
          <Markdown text={value} />
        </details>
      )}
    </>
  );
}
