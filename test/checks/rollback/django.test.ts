import { beforeAll, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'
import { django } from '../../support/migration-files.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

test.each<[string, Files, readonly string[]]>([
  [
    'Django: a nullable field',
    django("migrations.AddField(model_name='user', name='nick', field=models.TextField(null=True))"),
    ['low additive app/migrations/0002_a.py:5 (covered)'],
  ],
  [
    'Django: a field whose default only Django knows',
    django("migrations.AddField(model_name='user', name='on', field=models.BooleanField(default=False))"),
    ['medium required-column app/migrations/0002_a.py:5'],
  ],
  [
    'Django: text that may stay blank is filled with the empty one',
    django("migrations.AddField(model_name='user', name='note', field=models.TextField(blank=True))"),
    ['medium required-column app/migrations/0002_a.py:5'],
  ],
  [
    'Django: many fields of one table are one decision',
    django(['a', 'b', 'c', 'd'].map((name) => `migrations.RemoveField('user', '${name}')`).join(', ')),
    ['high data-lost app/migrations/0002_a.py:5'],
  ],
  [
    'Django: the same with a default of the database',
    django(
      "migrations.AddField(model_name='user', name='on', field=models.BooleanField(default=False, db_default=False))",
    ),
    ['low additive app/migrations/0002_a.py:5 (covered)'],
  ],
  [
    'Django: a removed field',
    django("migrations.RemoveField(model_name='user', name='nick')"),
    ['high data-lost app/migrations/0002_a.py:5'],
  ],
  [
    'Django: code from elsewhere that cannot be reversed',
    django('migrations.RunPython(forwards)'),
    ['medium code-without-way-down app/migrations/0002_a.py:5'],
  ],
  [
    'Django: the same with a noop',
    django('migrations.RunPython(forwards, migrations.RunPython.noop)'),
    ['low code-run app/migrations/0002_a.py:5'],
  ],
  [
    'Django: the function is in the file',
    {
      'app/migrations/0002_a.py':
        'from django.db import migrations\n\ndef forwards(apps, editor):\n    fix(apps)\n\ndef fix(apps):\n    apps.get_model("app", "User").objects.filter(a=1).delete()\n\nclass Migration(migrations.Migration):\n    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]\n',
    },
    ['high data-deleted app/migrations/0002_a.py:7'],
  ],
  [
    'Django: a new field is filled object by object',
    {
      'app/migrations/0002_a.py':
        'from django.db import migrations, models\n\ndef fill(apps, editor):\n    for user in apps.get_model("app", "User").objects.all():\n        user.slug = make()\n        user.save()\n\nclass Migration(migrations.Migration):\n    operations = [\n        migrations.AddField("user", "slug", models.TextField(null=True)),\n        migrations.RunPython(fill, migrations.RunPython.noop),\n    ]\n',
    },
    ['low backfill app/migrations/0002_a.py:6 (covered)', 'low additive app/migrations/0002_a.py:10 (covered)'],
  ],
  [
    'Django: what is there is rewritten',
    {
      'app/migrations/0002_a.py':
        'from django.db import migrations, models\n\ndef fix(apps, editor):\n    apps.get_model("app", "User").objects.update(name="")\n\nclass Migration(migrations.Migration):\n    operations = [migrations.RunPython(fix, migrations.RunPython.noop)]\n',
    },
    ['medium data-changed app/migrations/0002_a.py:4'],
  ],
])('%s', async (_, after, expected) => {
  expect(await exposuresOf(reader, 'rollback', {}, after)).toEqual(expected)
})

const on = django("migrations.AddField(model_name='user', name='on', field=models.BooleanField(default=False))")
test.each<[string, string, string]>([
  ['is kept at one row by its base class', 'class User(SingletonModel):\n    a = 1\n', 'low additive'],
  ['are settings of a site in Wagtail', 'class User(BaseSiteSetting,\n    Other):\n    a = 1\n', 'low additive'],
  [
    'has a row with a fixed key',
    'class User(models.Model):\n    @classmethod\n    def get(cls):\n        return cls.objects.get(id=1)\n',
    'low additive',
  ],
  ['are settings of each customer', 'class User(models.Model):\n    a = 1\n', 'medium required-column'],
  [
    'stand beside one with a fixed key',
    'class Site(models.Model):\n    def get(cls):\n        return cls.objects.get(id=1)\n\n\nclass User(models.Model):\n    a = 1\n',
    'medium required-column',
  ],
  ['are looked up by a key like 10', 'class User(models.Model):\n    x = f(id=10)\n', 'medium required-column'],
])('Django: a default that only Django knows, where the rows %s', async (_, model, expected) => {
  const before = { 'app/models.py': model }
  const [said] = await exposuresOf(reader, 'rollback', before, { 'app/models.py': `${model}# on\n`, ...on })
  expect(said).toMatch(expected)
})
