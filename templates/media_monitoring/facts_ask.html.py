BBBBBBB BBBBBBBBBBBBBBBBBB
BBBB BBBBBBBBBBBBBBBBB
 #

BBBBB BBBBB gettext(u'Ask for facts') X BBBBBBBB
BBBBB BBBBBBBBBBBBBBBBB
BBBBB BBBBBBBBBBB
    XXXX gettext(u'Ask for facts') XXXXX
    XXXXX XXXXXXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXX XXXXXXXXXXXXX
        BBBBBBBBBB
        BBBBBB BBBB
    XXXXXXX
    XX XXXXXXXXXXXX XXXXX XXXXXX
         gettext(u'The letter holds a personal link: the unit answers on a telephone, without an account, and may attach a file.') 
    XXXX
BBBBBBBB
