import { useId, useState } from 'react';
import { DOCUMENT_LIMITS } from '../../scenario/index.ts';
import { useText } from '../../ui/index.ts';
import { Row } from './Row.tsx';
import { TextLike } from './TextLike.tsx';

export interface NameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onCommit: (name: string) => void;
  readonly maxLength?: number | undefined;
  readonly isMultiline?: boolean | undefined;
  readonly isOptional?: boolean | undefined;
  readonly placeholder?: string | undefined;
  readonly help?: string | undefined;
}

/** A name, a title, an introduction: text of the document that belongs to no field table. */
export function NameField({
  label,
  value,
  onCommit,
  maxLength = DOCUMENT_LIMITS.nameLength,
  isMultiline,
  isOptional,
  placeholder,
  help = '',
}: NameFieldProps) {
  const t = useText();
  const id = useId();
  const [fault, setFault] = useState<string>();
  const check = (typed: string): string | undefined => {
    if (!isOptional && typed.trim() === '') return t('editor.form.nameEmpty');
    return typed.length > maxLength ? t('editor.form.tooLong', { max: maxLength }) : undefined;
  };
  return (
    <Row id={id} label={label} help={help} fault={fault}>
      <TextLike
        id={id}
        value={value}
        placeholder={placeholder}
        check={check}
        onCommit={onCommit}
        onFault={setFault}
        fault={fault}
        describedBy={fault === undefined ? undefined : `${id}-fault`}
        isMultiline={isMultiline}
      />
    </Row>
  );
}
