# Fills in the long parts of playground pages: cmake -DPAGE=page.html.in -DOUTPUT=page.html -P this
# Always the same output: the numbers come from a linear congruential generator.
cmake_minimum_required(VERSION 3.25)
set(seed 20240301)
function(pick out list)
  math(EXPR next "(${seed} * 1103515245 + 12345) % 2147483648")
  set(seed ${next} PARENT_SCOPE)
  list(LENGTH ${list} length)
  math(EXPR index "(${next} / 65536) % ${length}")
  list(GET ${list} ${index} item)
  set(${out} "${item}" PARENT_SCOPE)
endfunction()

set(wind "A light breeze from the south" "Fog in the morning" "A fresh wind from the west" "No wind at all"
  "A gale from the north" "Rain until noon" "A clear sky" "Long swell from the east" "Thunder far away"
  "Snow on the deck" "A warm night" "Drizzle")
set(course "we kept our course" "we turned two points to the north" "the sails hung slack" "we made nine knots"
  "we lay to until the evening" "the current set us back" "we rounded the cape" "we followed the coast"
  "we crossed a line on the chart that nobody else could see" "the lead found no ground")
set(ship "The pumps ran for an hour" "The carpenter looked after the doors between the holds" "All compartments were dry"
  "Hold two took in water and the door was closed" "We painted the bulkheads" "The anchor chain was oiled"
  "A plank was replaced below the waterline" "The crew drilled: every door was shut in under a minute"
  "The bilge was sounded twice" "A rivet wept and was hammered tight")
set(seen "A whale blew to starboard" "Two sails stood on the horizon" "Flying fish landed on the deck"
  "A lighthouse answered our signal" "Nothing was seen but water" "Dolphins kept us company" "An iceberg passed at a safe distance"
  "Gulls told of land" "Seaweed drifted by in long rows" "A bottle was picked up; it was empty"
  "The stars were counted, as far as anyone could" "Nothing was seen but water" "A turtle slept on the surface")
set(rest "The cook served beans" "There was fresh bread" "The cat caught a rat" "Somebody played the fiddle"
  "The captain read aloud" "A letter was begun and not finished" "Three games of chess ended in a draw"
  "The log was written by candle light" "The watch was relieved at midnight" "Everyone slept but the helmsman")
set(pictures anchor.svg fish.svg sun.svg wave.svg star.svg lighthouse.svg buoy.svg compass.svg cloud.svg crab.svg
  sail.svg dunes.jpg)

file(READ ${PAGE} page)

if(page MATCHES "@days@")
  set(count 1500)
  math(EXPR half "${count} / 2")
  set(days "")
  foreach(day RANGE 1 ${count})
    foreach(part wind course ship seen rest)
      pick(a_${part} ${part})
    endforeach()
    set(rare "")
    math(EXPR isRare "${day} % 97")
    if(isRare EQUAL 0)
      set(rare " An albatross followed us all day.")
    endif()
    string(APPEND days "<h3 id=\"day-${day}\">Day ${day}</h3>\n<p>${a_wind}; ${a_course}. ${a_ship}. ${a_seen}.${rare} ${a_rest}.</p>\n")
  endforeach()
  string(REPLACE "@count@" "${count}" page "${page}")
  string(REPLACE "@half@" "${half}" page "${page}")
  string(REPLACE "@days@" "${days}" page "${page}")
endif()

if(page MATCHES "@images@")
  set(images "")
  foreach(i RANGE 1 400)
    pick(picture pictures)
    string(APPEND images "<img src=\"images/${picture}\" width=\"48\" height=\"48\" alt=\"\">\n")
  endforeach()
  string(REPLACE "@images@" "${images}" page "${page}")
endif()

if(page MATCHES "@rows@")
  set(rows "")
  foreach(n RANGE 1 500)
    math(EXPR square "${n} * ${n}")
    math(EXPR cube "${square} * ${n}")
    math(EXPR hex "${cube}" OUTPUT_FORMAT HEXADECIMAL)
    set(divisors "")
    foreach(d 2 3 5 7 11 13)
      math(EXPR remainder "${n} % ${d}")
      if(remainder EQUAL 0)
        string(APPEND divisors " ${d}")
      endif()
    endforeach()
    string(APPEND rows "<tr><td>${n}</td><td class=\"number\">${square}</td><td class=\"number\">${cube}</td><td>${hex}</td><td>${divisors}</td></tr>\n")
  endforeach()
  string(REPLACE "@rows@" "${rows}" page "${page}")
endif()

file(WRITE ${OUTPUT} "${page}")
