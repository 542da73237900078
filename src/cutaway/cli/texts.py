"""The help's own words; loaded only where they are shown."""

ABOUT = """\
usage: cutaway COMMAND MODEL... [options]

Draw and summarize the architecture of neural networks.

commands:
  draw        draw models from files as figures
  summary     tell of each layer its shape, parameters and cost, as a table
  lint        check figures against the rules of good ones
  report      put the figure, the summary and what is worth noticing on one page

'cutaway COMMAND --help' says more.

options:
  -h, --help  show this and exit
  --version   show the version and exit"""

DRAW_EXAMPLES = """\
examples:
  cutaway draw resnet50.keras                          writes resnet50.svg into this folder
  cutaway draw unet.json -o unet.pdf --direction right
  cutaway draw net.keras -o net.png --dpi 600 --show shapes,dtypes,names
  cutaway draw net.keras -o - --no-legend | inkscape --pipe
  cutaway draw models/*.keras -o figures/ --format pdf --jobs 4

A file is written whole or not at all. Exit codes: 0 done; 2 wrong usage, or a model that could not be drawn."""

SUMMARY_EXAMPLES = """\
examples:
  cutaway summary resnet50.keras
  cutaway summary net.json --columns name,output_shape,macs --sort macs --top 10
  cutaway summary bert.keras --assume 128 --depth 1
  cutaway summary models/*.keras -o models.csv
  cutaway summary - --format json < net.json | jq .totals

A file is written whole or not at all. Exit codes: 0 done; 2 wrong usage, or a model that could not be summarized."""

LINT_EXAMPLES = """\
examples:
  cutaway lint resnet50.keras
  cutaway lint net.json --theme mine.toml --show names,parameters
  cutaway lint models/*.keras --format json | jq '.[] | select(.hard > 0) | .model'

Hard faults are those that no figure may have, such as texts over each other or a layer that is not drawn; soft ones
make it worse. Exit codes: 0 no hard faults; 1 hard faults; 2 wrong usage, or a model that could not be drawn."""

REPORT_EXAMPLES = """\
examples:
  cutaway report resnet50.keras                        writes resnet50.html into this folder
  cutaway report net.keras -o net.md                   and net.report.svg beside it
  cutaway report net.keras -o net.html --values
  cutaway report models/*.keras -o reports/

A file is written whole or not at all. Exit codes: 0 done; 2 wrong usage, or a model that no report could be made of."""
