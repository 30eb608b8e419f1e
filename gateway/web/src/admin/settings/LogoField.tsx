import { useRef, useState } from 'react';
import { Button } from '../../components/Button';
import { useAdminTexts } from '../texts';
import { MAX_LOGO_BYTES } from './draft';

/** The letterhead's picture: chosen, seen, taken away. */
export function LogoField({ logo, refused, onChange }: { logo: string | null; refused?: string; onChange: (logo: string | null) => void }) {
  const say = useAdminTexts();
  const files = useRef<HTMLInputElement>(null);
  const [isWrong, setWrong] = useState(false);
  const error = isWrong ? say('logoWrong') : refused;

  const choose = async (file: File) => {
    const isRight = ['image/png', 'image/jpeg'].includes(file.type) && file.size <= MAX_LOGO_BYTES;
    setWrong(!isRight);
    if (isRight) onChange(base64(new Uint8Array(await file.arrayBuffer())));
  };

  return (
    <div role="group" aria-label={say('logo')}>
      <p className="kern-label">{say('logo')}</p>
      <p className="kern-hint">{say('logoHint')}</p>
      {logo && (
        <img className="logo" alt={say('logoNow')} src={`data:${logo.startsWith('/9j/') ? 'image/jpeg' : 'image/png'};base64,${logo}`} />
      )}
      {error && (
        <p className="kern-error" role="alert">
          <span className="kern-icon kern-icon--danger" aria-hidden="true" />
          <span className="kern-body">{error}</span>
        </p>
      )}
      <div className="row">
        <Button label={say('logoChoose')} icon="drive-folder-upload" onClick={() => files.current?.click()} />
        {logo && <Button label={say('logoRemove')} kind="tertiary" icon="delete" onClick={() => onChange(null)} />}
      </div>
      <input
        ref={files}
        type="file"
        accept="image/png,image/jpeg"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void choose(file);
          event.target.value = '';
        }}
      />
    </div>
  );
}

const base64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
