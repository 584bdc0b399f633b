# Makes a page that loads nothing: cmake -DPAGE=in.html -DSTYLE=pages.css -DLOGO=bulkhead.svg -DOUTPUT=out.html -P this
cmake_minimum_required(VERSION 3.25)
file(READ ${PAGE} page)
file(READ ${STYLE} style)
file(READ ${LOGO} logo)
string(REGEX REPLACE "^<svg " "<svg class=\"logo\" " logo "${logo}")
string(REPLACE "<link rel=\"stylesheet\" href=\"pages.css\">" "<style>\n${style}</style>" page "${page}")
string(REPLACE "@logo@" "${logo}" page "${page}")
file(WRITE ${OUTPUT} "${page}")
