using LLMoin.Inference.Templates.Jinja;

namespace LLMoin.UnitTests.Inference.Templates.Jinja;

/// <summary>Every expectation is what Jinja 3.1.6 renders, with <c>trim_blocks</c> and <c>lstrip_blocks</c>.</summary>
public sealed class RenderingTests
{
    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 5, 14, 7, 9, TimeSpan.Zero);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }

    [Theory]
    [InlineData("a\n  {% if true %}\n  b\n  {% endif %}\nc\n", "a\n  b\nc")]
    [InlineData("a\n  {%- if true -%}\n  b\n  {%- endif -%}\nc", "abc")]
    [InlineData("a\n  {%+ if true +%}\n  b\n  {%+ endif %}\nc", "a\n  \n  b\n  c")]
    [InlineData("x {% if true %} y {% endif %} z", "x  y  z")]
    [InlineData("a {#- note -#} b\n  {# note #}\nc", "ab\nc")]
    [InlineData("{{ 1 -}}  \n  b {{- 2 }}", "1b2")]
    [InlineData("{% raw %}{{ x }}{% endraw %}|{%- raw -%} {% y %} {%- endraw -%} z", "{{ x }}|{% y %}z")]
    [InlineData("{{ text }}", "Größe <b> & 'x'")]
    [InlineData("{{ text | upper }} {{ text | lower }} {{ text | title }} {{ 'aBC' | capitalize }}", "GRÖSSE <B> & 'X' größe <b> & 'x' Größe <B> & 'x' Abc")]
    [InlineData("{{ text[0] }}{{ text[-1] }}{{ text[1:3] }}{{ text[::-1] }}", "G'rö'x' & >b< eßörG")]
    [InlineData("{{ items[-1] }} {{ items[1:] }} {{ items[::-1] }} {{ items[:-1] }} {{ items[5] }}", "2 [1, 2] [2, 1, 3] [3, 1] ")]
    [InlineData("{{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 2 ** 10 }} {{ 1.5 + 1 }} {{ 4 / 2 }} {{ -3 | abs }} {{ 1e3 }}", "3 -4 1 2 3.5 1024 2.5 2.0 3 1000.0")]
    [InlineData("{{ 'a' ~ 1 ~ none ~ true ~ 1.0 ~ missing }}", "a1NoneTrue1.0")]
    [InlineData("{{ 'ab' * 3 }} {{ [1] + [2] }} {{ 'a' 'b' }}", "ababab [1, 2] ab")]
    [InlineData("{{ none }} {{ true }} {{ [1, 'a', none, true, 1.5, \"it's\"] }} {{ {'a': 1, 'b': {'c': []}} }}", "None True [1, 'a', None, True, 1.5, \"it's\"] {'a': 1, 'b': {'c': []}}")]
    [InlineData("{{ {'a': 1, 'b': [1, 2], 'ü': \"x\\\"y\\n\"} | tojson }}", "{\"a\": 1, \"b\": [1, 2], \"ü\": \"x\\\"y\\n\"}")]
    [InlineData("{{ {'b': 1, 'a': [1, {}], 'c': {}} | tojson(indent=2) }}", "{\n  \"b\": 1,\n  \"a\": [\n    1,\n    {}\n  ],\n  \"c\": {}\n}")]
    [InlineData("{{ {'b': 1, 'a': 2} | tojson(sort_keys=true, separators=(',', ':')) }} {{ 'ü' | tojson(ensure_ascii=true) }}", "{\"a\":2,\"b\":1} \"\\u00fc\"")]
    [InlineData("{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 1 == 1.0 }} {{ true == 1 }} {{ 'a' < 'b' }} {{ [1, 2] == [1, 2] }}", "True False True True True True")]
    [InlineData("{{ 1 in items }} {{ 9 not in items }} {{ 'röß' in text }} {{ 'a' in {'a': 1} }} {{ 'a' in missing }}", "True True True True False")]
    [InlineData("{{ not 1 == 2 }} {{ 0 or 'x' }} {{ 1 and 'y' }} {{ '' or none or 'z' }}", "True x y z")]
    [InlineData("{{ 'a' if missing else 'b' }} {{ 'a' if missing }}|{{ 1 if 0 else 2 if 0 else 3 }}", "b |3")]
    [InlineData("{{ missing is defined }} {{ text is string }} {{ items is iterable }} {{ {} is mapping }} {{ none is none }} {{ 1 is not none }} {{ 3 is odd }} {{ 4 is divisibleby 2 }} {{ 1 is number }} {{ true is true }} {{ 2 is in items }}", "False True True True True True True True True True True")]
    [InlineData("{{ missing | default('d') }} {{ '' | default('d') }} {{ '' | default('d', true) }} {{ none | d('x', boolean=true) }}", "d  d x")]
    [InlineData("{{ items | sort }} {{ items | sort(reverse=true) }} {{ items | first }} {{ items | last }} {{ items | length }} {{ items | sum }} {{ items | min }} {{ items | max }} {{ items | reverse | list }} {{ [1, 1, 2] | unique | list }}", "[1, 2, 3] [3, 2, 1] 3 2 3 6 1 3 [2, 1, 3] [1, 2]")]
    [InlineData("{{ ['b', 'A', 'c'] | sort | join(', ') }} {{ ['b', 'A'] | sort(case_sensitive=true) | join }} {{ [{'n': 2}, {'n': 1}] | sort(attribute='n') }}", "A, b, c Ab [{'n': 1}, {'n': 2}]")]
    [InlineData("{{ [{'n': {'m': 1}}, {'n': {'m': 2}}] | map(attribute='n.m') | list }} {{ ['a', 'b'] | map('upper') | join('-') }} {{ [{'a': 1}, {}] | map(attribute='a', default=0) | list }}", "[1, 2] A-B [1, 0]")]
    [InlineData("{{ [1, 2, 3] | select('odd') | list }} {{ [1, 0] | reject | list }} {{ [{'r': 'u'}, {'r': 'v'}] | selectattr('r', 'equalto', 'u') | list | length }} {{ [{'r': 1}, {'q': 1}] | rejectattr('r', 'defined') | list }}", "[1, 3] [0] 1 [{'q': 1}]")]
    [InlineData("{{ {'b': 1, 'a': 2} | dictsort | tojson }} {{ {'b': 1, 'a': 2} | items | list | tojson }} {{ {'b': 1} | list }}", "[[\"a\", 2], [\"b\", 1]] [[\"b\", 1], [\"a\", 2]] ['b']")]
    [InlineData("{{ 'a\\nb\\n\\nc' | indent(2) }}|{{ 'a\\nb' | indent(2, true) }}|{{ 'a' | indent('> ', first=true) }}", "a\n  b\n\n  c|  a\n  b|> a")]
    [InlineData("{{ ' x ' | trim }}|{{ 'xxaxx' | trim('x') }}|{{ 'a-b-c' | replace('-', '+', 1) }}|{{ '12' | int + 1 }}|{{ 'x' | int(7) }}|{{ '1.5' | float }}|{{ 3.7 | int }}|{{ 2.5 | round }}", "x|a|a+b-c|13|7|1.5|3|2.0")]
    [InlineData("{{ '\\n\\n  x\\n'.lstrip('\\n') }}|{{ '  x \\n'.rstrip('\\n') }}|{{ 'abxba'.strip('ab') }}|{{ '  x '.strip() }}", "  x\n|  x |x|x")]
    [InlineData("{{ 'a,b,c'.split(',') }} {{ 'a,b,c'.split(',', 1) }} {{ ' a  b '.split() }} {{ ' a  b c '.split(none, 1) }} {{ 'a,b,c'.rsplit(',', 1) }} {{ 'a\\nb\\n'.splitlines() }}", "['a', 'b', 'c'] ['a', 'b,c'] ['a', 'b'] ['a', 'b c '] ['a,b', 'c'] ['a', 'b']")]
    [InlineData("{{ 'abc'.startswith('ab') }} {{ 'abc'.endswith(('x', 'c')) }} {{ 'abcb'.find('b') }} {{ 'abcb'.rfind('b') }} {{ 'abcb'.count('b') }} {{ 'x y'.title() }} {{ 'a-b'.replace('-', '') }} {{ ', '.join(['a', 'b']) }} {{ 'abc'.removeprefix('a') }} {{ '12'.isdigit() }}", "True True 1 3 2 X Y ab a, b bc True")]
    [InlineData("{{ {'a': 1}.get('a') }} {{ {'a': 1}.get('b') }} {{ {'a': 1}.get('b', 2) }} {{ {'a': 1}.keys() | list }} {{ {'a': 1}.values() | list }} {{ {'items': 5}['items'] }} {{ {'a': 1}.a }}", "1 None 2 ['a'] [1] 5 1")]
    [InlineData("{% for x in items %}{{ loop.index }}/{{ loop.length }}:{{ x }}{{ ',' if not loop.last }}{% endfor %}", "1/3:3,2/3:1,3/3:2")]
    [InlineData("{% for x in items %}{{ loop.index0 }}{{ loop.first }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.previtem }}{{ loop.nextitem }}{{ loop.cycle('a', 'b') }} {% endfor %}", "0True321a 1False2132b 2False101a ")]
    [InlineData("{% for x in items if x > 1 %}{{ loop.index }}:{{ x }} {% endfor %}{% for x in [] %}x{% else %}none{% endfor %}", "1:3 2:2 none")]
    [InlineData("{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}={{ v }};{% endfor %}{% for (a, b) in [[1, 2]] %}{{ a + b }}{% endfor %}{% for c in 'ab' %}{{ c }}.{% endfor %}{% for k in {'z': 1} %}{{ k }}{% endfor %}", "a=1;b=2;3a.b.z")]
    [InlineData("{% for x in range(5) %}{% if x == 1 %}{% continue %}{% endif %}{% if x == 3 %}{% break %}{% endif %}{{ x }}{% endfor %} {{ range(1, 10, 3) | list }} {{ range(3, 0, -1) | list }}", "02 [1, 4, 7] [3, 2, 1]")]
    [InlineData("{% set x = 1 %}{% for i in [1, 2] %}{{ x }}{% set x = 5 %}{{ x }}{% endfor %}{{ x }}", "15151")]
    [InlineData("{% for i in [1, 2] %}{% if y is defined %}leak{% endif %}{% set y = i %}{% endfor %}{{ y is defined }}", "False")]
    [InlineData("{% set ns = namespace(n=0, a=1) %}{% for i in items %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}{{ ns.missing is defined }}", "6False")]
    [InlineData("{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set c %}x{{ a }}{% endset %}{{ c }}{% if a %}{% set d = 9 %}{% endif %}{{ d }}", "12x19")]
    [InlineData("{% macro m(a, b='x') %}[{{ a }}{{ b }}{{ varargs | list }}{{ kwargs }}]{% endmacro %}{{ m(1) }}{{ m(1, b=2) }}{{ m(1, 2, 3, c=4) }}", "[1x[]{}][12[]{}][12[3]{'c': 4}]")]
    [InlineData("{% set g = 'outer' %}{% macro m() %}{{ g }}{{ h is defined }}{% endmacro %}{% for h in [1] %}{{ m() }}{% endfor %}", "outerFalse")]
    [InlineData("{% macro box(title) %}<{{ title }}:{{ caller('!') }}>{% endmacro %}{% call(mark) box('t') %}body{{ mark }}{% endcall %}", "<t:body!>")]
    [InlineData("{% filter upper %}abc{% endfilter %}{% with a = 1, b = 2 %}{{ a + b }}{% endwith %}{{ a is defined }}", "ABC3False")]
    [InlineData("{% if 0 %}a{% elif '' %}b{% elif [] %}c{% elif {} %}d{% else %}e{% endif %}{% if not none %}f{% endif %}", "ef")]
    [InlineData("{{ strftime_now('%d %b %Y') }}|{{ strftime_now('%Y-%m-%d %H:%M:%S %A %B %y %j %p %%') }}|{{ strftime_now('%-d') }}", "05 Mar 2026|2026-03-05 14:07:09 Thursday March 26 064 PM %|5")]
    [InlineData("{{ \"\\x41\\u00e9\\t|\\\\|\\'|\\q\" }}|{{ 'tab\\there' }}", "Aé\t|\\|'|\\q|tab\there")]
    [InlineData("{{ {'a': {'b': [10, 20]}}.a.b.1 }} {{ {'a': 1}['a'] }} {{ ((1, 2), (3,)) | tojson }} {{ () | list }}", "20 1 [[1, 2], [3]] []")]
    [InlineData("{{ dict(a=1, b=2) }} {{ namespace(a=1).a }} ", "{'a': 1, 'b': 2} 1 ")]
    [InlineData("{{ {16: 'a', 2: 'b', 'c': 1}[16] }} {{ {16: 'a', 2: 'b'} | dictsort | first | last }} {{ 2 in {2: 1} }} {{ {2: 1} }} {{ {2: 1}.get(2) }}", "a b True {2: 1} 1")]
    [InlineData("{{ '{}-{}'.format(1, 'b') }} {{ '{1}{0}{x}'.format('a', 'b', x='c') }} {{ '{{{}}}'.format(true) }}", "1-b bac {True}")]
    [InlineData("{{ {'a': {'b': 1}}['a']['b'] }}{{ {'x': {}} }}{% set t = {'a': {'b': 1}} %}{{ t }}", "1{'x': {}}{'a': {'b': 1}}")]
    public void It_renders_as_Jinja_does(string template, string expected)
        => Assert.Equal(expected, Template.Parse(template).Render(new Map { { "text", "Größe <b> & 'x'" }, { "items", new object?[] { 3L, 1L, 2L } } }, new Clock()));

    [Theory]
    [InlineData("{{ missing.attribute }}")]
    [InlineData("{{ missing() }}")]
    [InlineData("{{ none | length }}")]
    [InlineData("{% for x in none %}{% endfor %}")]
    [InlineData("{{ 'a' + 1 }}")]
    [InlineData("{{ missing + 'a' }}")]
    [InlineData("{% set x.y = 1 %}")]
    [InlineData("{% for a, b in [[1]] %}{% endfor %}")]
    [InlineData("{{ items.append(4) }}")]
    public void What_Jinja_refuses_is_refused(string template)
        => Assert.Throws<JinjaException>(() => Template.Parse(template).Render(new Map { { "items", new object?[] { 1L } } }, new Clock()));

    [Theory]
    [InlineData("{{ 1 }")]
    [InlineData("{% if 1 %}")]
    [InlineData("{% endif %}")]
    [InlineData("{{ 'a }}")]
    [InlineData("{# ")]
    [InlineData("{% raw %}")]
    [InlineData("{{ a b }}")]
    [InlineData("{{ ? }}")]
    public void What_is_no_template_is_refused(string template) => Assert.Throws<JinjaException>(() => Template.Parse(template));
}
